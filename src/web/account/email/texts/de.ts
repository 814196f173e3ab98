import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  lead: 'Hierhin gehen E-Mails zu Ihrem Konto: Links, Codes und Nachrichten darüber, was damit geschehen ist.',
  present: 'Ihre Adresse',
  none: 'Es gibt noch keine.',
  verified: 'Bestätigt',
  unverified: 'Nicht bestätigt',
  verify: 'E-Mail zur Bestätigung senden',
  add: 'Adresse hinzufügen',
  change: 'Adresse ändern',
  changeLead:
    'Eine E-Mail geht an die neue Adresse. Erst wenn Sie sie bestätigt haben, wird sie die Adresse Ihres Kontos.',
  newAddress: 'Neue Adresse',
  send: 'E-Mail senden',
  confirm: 'Adresse bestätigen',
  confirmLead: 'Eine E-Mail ist an {email} unterwegs. Öffnen Sie den Link darin oder geben Sie den Code ein.',
  confirmLeadWithoutMail:
    'Von hier werden keine E-Mails versandt. Fragen Sie Ihre Administration nach dem Code für {email}.',
  code: 'Code',
  sent: 'Die E-Mail ist unterwegs.',
  noted: 'Fragen Sie jetzt Ihre Administration nach dem Code.',
  confirmed: 'Ihre Adresse ist bestätigt.',
  confirmForAccount: 'Ihr Konto {username} bekommt die Adresse {email}.',
  cancel: 'Abbrechen',
  back: 'Zurück zu Ihrer Adresse',
  noAddress: 'Geben Sie eine E-Mail-Adresse wie anna@example.com ein.',
  tooManyMails:
    'Es wurden schon mehrere E-Mails angefordert: Sehen Sie in der neuesten nach. In {minutes, plural, one {# Minute} other {# Minuten}} können Sie noch einmal anfordern.',
  wrongCode: 'Dieser Code stimmt nicht oder ist zu alt. Sehen Sie in der neuesten E-Mail nach.',
  tooManyCodes:
    'Zu viele Versuche. Versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
  taken:
    'Diese Adresse gehört zu einem anderen Konto. Geben Sie eine andere an, oder wenden Sie sich an Ihre Administration.',
  linkDead: 'Dieser Link gilt nicht mehr',
  linkDeadText:
    'Er wurde benutzt, ist älter als ein Tag oder gehört zu einem anderen Konto als dem, mit dem Sie angemeldet sind.',
};
