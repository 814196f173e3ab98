import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  offer: 'Prima volta qui? {createAccount}',
  createAccount: 'Crea un account',
  submit: 'Crea l’account',
  haveAccount: 'Accedi con un account che hai già',
  codeTitle: 'Guarda la tua posta',
  codeLead: 'Un codice e un link sono in arrivo a {email}. Scrivi qui il codice o apri il link entro un’ora.',
  code: 'Codice',
  codeSubmit: 'Conferma l’indirizzo',
  codeWrong: 'Questo codice è sbagliato o non vale più. Controllalo o ricomincia.',
  again: 'Ricomincia',
  notThere:
    'Può richiedere qualche minuto. Guarda anche nella posta indesiderata. Se l’indirizzo è sbagliato, ricomincia.',
  linkTitle: 'Conferma il tuo indirizzo e-mail',
  linkLead: 'Questo crea l’account {username} con l’indirizzo {email}.',
  linkPassword: 'La password che hai scelto',
  linkPasswordHint: 'Hai aperto il link in un browser diverso da quello in cui hai iniziato.',
  passwordWrong: 'Non è la password scelta. Riprova o ricomincia.',
  notYou: 'Se non hai iniziato tu, chiudi questa pagina: non verrà creato nessun account.',
  dead: 'Questo link non funziona più',
  deadText: 'È stato usato o ha più di un’ora.',
  waitingTitle: 'Il tuo account attende l’approvazione',
  waiting:
    'Un amministratore guarda i nuovi account prima che possano essere usati. Riceverai un’e-mail quando sarà pronto.',
  waitingWithoutMail:
    'Un amministratore guarda i nuovi account prima che possano essere usati. Torna più tardi e accedi.',
  backTo: 'Torna a {client}',
  signIn: 'Accedi',
};
