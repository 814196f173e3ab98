import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  skipToContent: 'Przejdź do treści',
  language: 'Język',
  changeLanguage: 'Zmień język',
  show: 'Pokaż',
  hide: 'Ukryj',
  showPassword: 'Pokaż hasło',
  hidePassword: 'Ukryj hasło',
  copy: 'Kopiuj',
  copied: 'Skopiowano',
  notCopied: 'Nie skopiowano',
  accountOf: 'Konto: {name}',
  console: 'Konsola',
  playground: 'Plac testowy',
  yourApplications: 'Twoje aplikacje',
  yourAccount: 'Twoje konto',
  signOut: 'Wyloguj się',
  required: 'wymagane',
  optional: 'opcjonalne',
  switchAccount: 'Zmień konto',
};
