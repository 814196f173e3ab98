import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  continueWith: 'Weiter mit {provider}',
  cancelled:
    'Die Anmeldung mit {provider} wurde abgebrochen. Versuchen Sie es noch einmal, oder melden Sie sich anders an.',
  unreachable:
    '{provider} antwortet im Moment nicht. Versuchen Sie es später noch einmal, oder melden Sie sich anders an.',
  refused:
    '{provider} konnte Sie nicht anmelden. Versuchen Sie es noch einmal, oder melden Sie sich anders an. Wenn es wieder geschieht, sagen Sie Ihrer Administration Bescheid.',
  tooLong:
    'Die Anwendung verlangt mehr, als sich zu {provider} mitnehmen lässt. Melden Sie sich anders an. Oder melden Sie sich zuerst unter {page} mit {provider} an, und öffnen Sie dann die Anwendung noch einmal.',
  startAgain: 'Bitte beginnen Sie von vorn',
  otherBrowser: 'Diese Anmeldung wurde in einem anderen Browser oder vor zu langer Zeit begonnen.',
  toSignIn: 'Zur Anmeldung',
  noSuchProvider: 'Diese Möglichkeit zur Anmeldung gibt es nicht',
  noSuchProviderText: 'Vielleicht wurde sie abgeschaltet. Melden Sie sich anders an.',
  backToSignIn: 'Zurück zur Anmeldung',
  newHere: 'Sie sind neu hier',
  newHereLead: '{provider} hat uns gesagt, wer Sie sind. Prüfen Sie die Angaben, und Ihr Konto ist bereit.',
  username: 'Benutzername',
  name: 'Name',
  email: 'E-Mail-Adresse',
  createAccount: 'Konto anlegen',
  haveAccount: 'Haben Sie hier schon ein Konto?',
  signInAndConnect: 'Anmelden und verbinden',
  connectFirst: 'Sie haben hier schon ein Konto',
  connectFirstText:
    'Es gibt ein Konto mit der Adresse {email}. Melden Sie sich einmal wie gewohnt an und verbinden Sie es. Danach genügt {provider}.',
  noAccount: 'Hier gibt es noch kein Konto für Sie',
  noAccountText: '{provider} hat uns gesagt, wer Sie sind, aber niemand ist hier mit diesem Konto verbunden.',
  noAccountAsk:
    'Wenn Sie hier ein Konto haben, melden Sie sich einmal damit an und verbinden Sie es. Sonst bitten Sie Ihre Administration um eines.',
  connectQuestion: 'Mit {provider} verbinden?',
  connectText: 'Danach können Sie sich bei diesem Konto über {provider} als {label} anmelden.',
  connect: 'Verbinden',
  notNow: 'Jetzt nicht',
  connected: 'Ihr Konto ist mit {provider} verbunden.',
  connectedToOther: 'Das lässt sich nicht verbinden',
  connectedToOtherText:
    '{label} bei {provider} ist hier mit einem anderen Konto verbunden. Trennen Sie es zuerst dort, oder fragen Sie Ihre Administration.',
  toAccount: 'Zurück zu Ihrem Konto',
};
