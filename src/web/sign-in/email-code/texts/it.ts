import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  offer: 'Inviami un codice via e-mail',
  askTitle: 'Accedi via e-mail',
  askLead: 'Riceverai un codice e un link. Non serve la password.',
  emailAddress: 'Indirizzo e-mail',
  send: 'Invia il codice',
  otherWay: 'Altro modo',
  noAddress: 'Scrivi il tuo indirizzo e-mail, per esempio anna@example.com.',
  tooManyMails:
    'Sono già state chieste varie e-mail: guarda la più recente. Potrai chiederne un’altra tra {minutes, plural, one {# minuto} other {# minuti}}.',
  codeTitle: 'Guarda la tua posta',
  codeLead: 'Se esiste un account con {email}, un codice e un link sono in arrivo lì. Funzionano per dieci minuti.',
  code: 'Codice',
  signIn: 'Accedi',
  again: 'Inviane un altro',
  notThere: 'Può richiedere qualche minuto. Guarda anche nella posta indesiderata.',
  enterCode: 'Scrivi il codice dell’e-mail: otto cifre.',
  wrongCode: 'Questo codice è sbagliato o troppo vecchio. Guarda l’e-mail più recente.',
  tooManyCodes: 'Troppi tentativi. Riprova tra {seconds, plural, one {# secondo} other {# secondi}}.',
  otherBrowser: 'Questo link è stato chiesto in un altro browser. Accedi qui solo se l’hai chiesto tu.',
  cancel: 'Annulla',
  linkDead: 'Questo link non funziona più',
  linkDeadText: 'È stato usato oppure ha più di dieci minuti.',
};
