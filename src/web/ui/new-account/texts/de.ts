import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  username: 'Benutzername',
  email: 'E-Mail-Adresse',
  name: 'Vollständiger Name',
  usernameTaken: 'Dieser Benutzername ist vergeben. Wählen Sie einen anderen.',
  usernameProblem:
    'Ein Benutzername hat höchstens 64 Buchstaben, Ziffern und Zeichen und keine Leerzeichen. Ein @ darf nur darin stehen, wenn er Ihre E-Mail-Adresse ist.',
  usernameAt: 'Wählen Sie einen Benutzernamen ohne @. Mit Ihrer E-Mail-Adresse können Sie sich ebenfalls anmelden.',
  emailTaken: 'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich damit an.',
  emailProblem: 'Geben Sie eine E-Mail-Adresse wie anna@example.com ein.',
  nameProblem: 'Ein Name hat höchstens 256 Zeichen in einer Zeile.',
  tooMany: 'Zu viele Versuche. Versuchen Sie es in {minutes, plural, one {# Minute} other {# Minuten}} noch einmal.',
  full: 'Gerade legen sehr viele Menschen ein Konto an. Versuchen Sie es in einer Stunde noch einmal.',
  notAccepted: 'Das konnte nicht angenommen werden. Prüfen Sie Ihre Angaben.',
};
