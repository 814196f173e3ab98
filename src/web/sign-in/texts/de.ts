import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  signIn: 'Anmelden',
  toContinueTo: 'weiter zu {client}',
  usernameOrEmail: 'Benutzername oder E-Mail-Adresse',
  password: 'Passwort',
  cancel: 'Abbrechen',
  or: 'oder',
  forgotten: 'Passwort vergessen?',
  enterBoth: 'Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse und Ihr Passwort ein.',
  wrongPassword: 'Benutzername und Passwort passen nicht zusammen. Prüfen Sie beides und versuchen Sie es noch einmal.',
  tooManyAttempts:
    'Zu viele Versuche. Versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
  tookTooLong: 'Es sind mehr als zehn Minuten vergangen. Bitte melden Sie sich noch einmal an.',
  accountChanged: 'Dieses Konto wurde geändert, während Sie sich angemeldet haben. Melden Sie sich noch einmal an.',
};
