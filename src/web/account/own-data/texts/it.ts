import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  lead: 'Ciò che è conservato qui su di te.',
  downloadHeading: 'Scarica i miei dati',
  downloadLead:
    'Un file con tutto ciò che è conservato su di te: profilo, sessioni, applicazioni, attività e i tuoi modi per accedere senza i loro segreti. Potrebbe esserti chiesto di accedere di nuovo.',
  download: 'Scarica',
  deleteHeading: 'Elimina il mio account',
  deleteLead: 'Il tuo account e tutto ciò che è conservato su di te, definitivamente.',
  deleteEllipsis: 'Elimina il mio account…',
  deletionOff: 'Qui gli account li elimina un amministratore. Rivolgiti a lui.',
  lastAdministrator:
    'Solo tu hai i permessi di amministratore. Dalli prima a qualcun altro, in {people}: altrimenti nessuno potrebbe occuparsi degli account.',
  people: 'Persone',
  question: 'Eliminare il tuo account?',
  back: 'Indietro',
  everythingGoes:
    'Il tuo profilo, i tuoi modi per accedere, le tue sessioni e ciò che hai consentito alle applicazioni vengono eliminati subito.',
  applicationsAreTold:
    'Le applicazioni vengono avvisate che non sei più connesso. Ciò che sanno di te lo conservano: chiedi a loro se vuoi che sia eliminato anche quello.',
  recordStays:
    'Il registro di ciò che è stato fatto con questo account resta presso il tuo amministratore fino alla scadenza.',
  forGood: 'Non si può annullare. Nessuno avrà mai più il tuo identificativo.',
  typeName: 'Per continuare, scrivi il tuo nome utente {username}',
  notTheName: 'Questo non è il tuo nome utente. Non è stato eliminato nulla.',
  delete: 'Elimina definitivamente',
  keep: 'Mantieni il mio account',
  deleted: 'Il tuo account è eliminato',
  deletedLead: 'Non ne resta nulla, salvo il registro che conserva il tuo amministratore.',
  nothingHere: 'Qui non c’è niente da vedere',
  toTheStart: 'Vai alla pagina iniziale',
  mailSubject: 'Il tuo account è eliminato',
  mailText:
    'L’account {username} presso {house} è stato eliminato come hai chiesto. Se non sei stato tu, avvisa subito il tuo amministratore.',
};
