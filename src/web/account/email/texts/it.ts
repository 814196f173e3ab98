import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  lead: 'Qui arrivano le e-mail sul tuo account: link, codici e avvisi su ciò che gli succede.',
  present: 'Il tuo indirizzo',
  none: 'Non ce n’è ancora uno.',
  verified: 'Confermato',
  unverified: 'Non confermato',
  verify: 'Invia un’e-mail di conferma',
  add: 'Aggiungi un indirizzo',
  change: 'Cambia l’indirizzo',
  changeLead: 'Viene inviata un’e-mail al nuovo indirizzo. Solo dopo la conferma diventa quello del tuo account.',
  newAddress: 'Nuovo indirizzo',
  send: 'Invia l’e-mail',
  confirm: 'Conferma l’indirizzo',
  confirmLead: 'Un’e-mail è in arrivo a {email}. Apri il suo link o scrivi il suo codice.',
  confirmLeadWithoutMail: 'Da qui non si inviano e-mail. Chiedi al tuo amministratore il codice per {email}.',
  code: 'Codice',
  sent: 'L’e-mail è in arrivo.',
  noted: 'Ora chiedi il codice al tuo amministratore.',
  confirmed: 'Il tuo indirizzo è confermato.',
  confirmForAccount: 'Il tuo account {username} riceve l’indirizzo {email}.',
  cancel: 'Annulla',
  back: 'Torna al tuo indirizzo',
  noAddress: 'Inserisci un indirizzo e-mail come anna@example.com.',
  tooManyMails:
    'Sono già state chieste varie e-mail: guarda la più recente. Potrai chiederne un’altra tra {minutes, plural, one {# minuto} other {# minuti}}.',
  wrongCode: 'Questo codice è sbagliato o troppo vecchio. Guarda l’e-mail più recente.',
  tooManyCodes: 'Troppi tentativi. Riprova tra {seconds, plural, one {# secondo} other {# secondi}}.',
  taken: 'Un altro account ha questo indirizzo. Indicane un altro oppure chiedi al tuo amministratore.',
  linkDead: 'Questo link non funziona più',
  linkDeadText:
    'È stato usato, ha più di un giorno o appartiene a un account diverso da quello con cui hai effettuato l’accesso.',
};
