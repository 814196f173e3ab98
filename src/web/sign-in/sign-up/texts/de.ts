import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  offer: 'Neu hier? {createAccount}',
  createAccount: 'Konto anlegen',
  submit: 'Konto anlegen',
  haveAccount: 'Mit einem vorhandenen Konto anmelden',
  codeTitle: 'Sehen Sie in Ihrem Postfach nach',
  codeLead:
    'Ein Code und ein Link sind unterwegs an {email}. Geben Sie den Code innerhalb einer Stunde hier ein, oder öffnen Sie den Link.',
  code: 'Code',
  codeSubmit: 'Adresse bestätigen',
  codeWrong: 'Dieser Code stimmt nicht oder gilt nicht mehr. Prüfen Sie ihn, oder beginnen Sie von vorn.',
  again: 'Von vorn beginnen',
  notThere:
    'Das kann einige Minuten dauern. Sehen Sie auch im Spam-Ordner nach. Wenn die Adresse nicht stimmt, beginnen Sie von vorn.',
  linkTitle: 'Bestätigen Sie Ihre E-Mail-Adresse',
  linkLead: 'Damit wird das Konto {username} mit der Adresse {email} angelegt.',
  linkPassword: 'Das Passwort, das Sie gewählt haben',
  linkPasswordHint: 'Sie haben den Link in einem anderen Browser geöffnet als dem, in dem Sie begonnen haben.',
  passwordWrong: 'Das ist nicht das gewählte Passwort. Versuchen Sie es noch einmal, oder beginnen Sie von vorn.',
  notYou: 'Wenn Sie das nicht begonnen haben, schließen Sie diese Seite: Dann wird kein Konto angelegt.',
  dead: 'Dieser Link gilt nicht mehr',
  deadText: 'Er wurde benutzt, oder er ist älter als eine Stunde.',
  waitingTitle: 'Ihr Konto wartet auf Freigabe',
  waiting:
    'Die Administration sieht sich neue Konten an, bevor sie benutzt werden können. Sie bekommen eine E-Mail, sobald es so weit ist.',
  waitingWithoutMail:
    'Die Administration sieht sich neue Konten an, bevor sie benutzt werden können. Kommen Sie später wieder, und melden Sie sich an.',
  backTo: 'Zurück zu {client}',
  signIn: 'Anmelden',
};
