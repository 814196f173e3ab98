import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  forgotten: 'Passwort vergessen?',
  forgottenLead: 'Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort wählen.',
  forgottenLeadWithoutMail: 'Ihre Administration bekommt einen Link für Sie, mit dem Sie ein neues Passwort wählen.',
  usernameOrEmail: 'Benutzername oder E-Mail-Adresse',
  ask: 'Link anfordern',
  back: 'Zurück zur Anmeldung',
  enterName: 'Geben Sie Ihren Benutzernamen oder Ihre E-Mail-Adresse ein.',
  tooManyMails:
    'Der Link wurde schon mehrmals angefordert: Sehen Sie nach dem neuesten. In {minutes, plural, one {# Minute} other {# Minuten}} können Sie noch einmal anfordern.',
  sent: 'Sehen Sie in Ihrem Postfach nach',
  sentLead:
    'Wenn es ein solches Konto gibt, ist ein Link an seine E-Mail-Adresse unterwegs. Er gilt eine halbe Stunde.',
  sentText:
    'Das kann einige Minuten dauern. Sehen Sie auch im Spam-Ordner nach. Es kommt nichts? Dann fragen Sie Ihre Administration.',
  noted: 'Fragen Sie jetzt Ihre Administration',
  notedLead: 'Wenn es ein solches Konto gibt, findet Ihre Administration in der Konsole einen Link für Sie.',
  notedText: 'Von hier werden keine E-Mails versandt. Der Link gilt einen Tag.',
  choose: 'Neues Passwort wählen',
  chooseLead: 'Dieser Link gilt einmal. Überall, wo Sie angemeldet sind, müssen Sie sich neu anmelden.',
  username: 'Benutzername',
  save: 'Passwort speichern',
  changed: 'Ihr Passwort ist geändert',
  changedLead: 'Sie können sich jetzt damit anmelden.',
  signIn: 'Anmelden',
  dead: 'Dieser Link gilt nicht mehr',
  deadText: 'Er wurde benutzt, ist zu alt, oder es gibt einen neueren.',
  askAgain: 'Neuen Link anfordern',
  undo: 'Neue Adresse rückgängig machen?',
  undoLead: 'Das Konto {username} bekommt die Adresse {email} zurück.',
  undoText: 'Alle, die dort angemeldet sind, werden abgemeldet, und Sie wählen ein neues Passwort.',
  undoSubmit: 'Änderung rückgängig machen',
  cancel: 'Abbrechen',
  cannotUndo: 'Das kann nicht mehr rückgängig gemacht werden',
  addressTaken: 'Die Adresse gehört inzwischen zu einem anderen Konto. Fragen Sie Ihre Administration.',
};
