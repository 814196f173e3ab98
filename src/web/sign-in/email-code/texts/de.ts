import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  offer: 'Code per E-Mail senden',
  askTitle: 'Per E-Mail anmelden',
  askLead: 'Sie bekommen einen Code und einen Link. Ein Passwort brauchen Sie nicht.',
  emailAddress: 'E-Mail-Adresse',
  send: 'Code senden',
  otherWay: 'Anders anmelden',
  noAddress: 'Geben Sie Ihre E-Mail-Adresse ein, zum Beispiel anna@example.com.',
  tooManyMails:
    'Es wurden schon mehrere E-Mails angefordert: Sehen Sie in der neuesten nach. In {minutes, plural, one {# Minute} other {# Minuten}} können Sie noch einmal anfordern.',
  codeTitle: 'Sehen Sie in Ihrem Postfach nach',
  codeLead:
    'Wenn es ein Konto mit {email} gibt, sind ein Code und ein Link dorthin unterwegs. Sie gelten zehn Minuten.',
  code: 'Code',
  signIn: 'Anmelden',
  again: 'Neuen Code senden',
  notThere: 'Das kann einige Minuten dauern. Sehen Sie auch im Spam-Ordner nach.',
  enterCode: 'Geben Sie den Code aus der E-Mail ein: acht Ziffern.',
  wrongCode: 'Dieser Code stimmt nicht oder ist zu alt. Sehen Sie in der neuesten E-Mail nach.',
  tooManyCodes:
    'Zu viele Versuche. Versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
  otherBrowser:
    'Dieser Link wurde in einem anderen Browser angefordert. Melden Sie sich hier nur an, wenn Sie ihn selbst angefordert haben.',
  cancel: 'Abbrechen',
  linkDead: 'Dieser Link gilt nicht mehr',
  linkDeadText: 'Er wurde benutzt oder ist älter als zehn Minuten.',
};
