import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  skipToContent: 'Vai al contenuto',
  language: 'Lingua',
  changeLanguage: 'Cambia lingua',
  show: 'Mostra',
  hide: 'Nascondi',
  showPassword: 'Mostra la password',
  hidePassword: 'Nascondi la password',
  copy: 'Copia',
  copied: 'Copiato',
  notCopied: 'Non copiato',
  accountOf: 'Account di {name}',
  console: 'Console',
  playground: 'Area di prova',
  yourApplications: 'Le tue applicazioni',
  yourAccount: 'Il tuo account',
  signOut: 'Esci',
  required: 'obbligatorio',
  optional: 'facoltativo',
  switchAccount: 'Cambia account',
};
