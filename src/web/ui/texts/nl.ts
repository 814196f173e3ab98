import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  skipToContent: 'Naar de inhoud',
  language: 'Taal',
  changeLanguage: 'Taal wijzigen',
  show: 'Tonen',
  hide: 'Verbergen',
  showPassword: 'Wachtwoord tonen',
  hidePassword: 'Wachtwoord verbergen',
  copy: 'Kopiëren',
  copied: 'Gekopieerd',
  notCopied: 'Niet gekopieerd',
  accountOf: 'Account van {name}',
  console: 'Console',
  playground: 'Proeftuin',
  yourApplications: 'Uw toepassingen',
  yourAccount: 'Uw account',
  signOut: 'Uitloggen',
  required: 'verplicht',
  optional: 'optioneel',
  switchAccount: 'Van account wisselen',
};
