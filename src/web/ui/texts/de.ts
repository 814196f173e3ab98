import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  skipToContent: 'Zum Inhalt springen',
  language: 'Sprache',
  changeLanguage: 'Sprache ändern',
  show: 'Anzeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Nicht kopiert',
  accountOf: 'Konto von {name}',
  console: 'Konsole',
  playground: 'Spielwiese',
  yourApplications: 'Ihre Anwendungen',
  yourAccount: 'Ihr Konto',
  signOut: 'Abmelden',
  required: 'erforderlich',
  optional: 'freiwillig',
  switchAccount: 'Konto wechseln',
};
