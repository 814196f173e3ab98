import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  connectDevice: 'Collega un dispositivo',
  enterCode: 'Inserisci il codice mostrato dal tuo dispositivo.',
  code: 'Codice',
  continue: 'Continua',
  onPhone: 'Continua invece sul telefono',
  qrCode: 'Codice QR dell’indirizzo di questa pagina',
  connectTitle: 'Collegare {client}?',
  deviceWants: 'Un dispositivo con {client} vorrebbe usare il tuo account.',
  onlyIfYours:
    'Consenti solo se l’hai avviato tu, su un dispositivo davanti a te. Nessuno che ti chiama o ti scrive ha bisogno di un codice simile.',
  askedAt: 'Richiesto il',
  fromNetwork: 'Dalla rete',
  callsItself: 'Il dispositivo si chiama',
  nothing: 'nulla',
  allow: 'Consenti',
  cancel: 'Annulla',
  connected: 'Il tuo dispositivo è collegato',
  connectedLead: 'Torna al dispositivo; prosegue da solo tra qualche secondo.',
  notConnected: 'Non è stato collegato nulla',
  notConnectedLead: 'Il dispositivo è stato informato che non hai dato il consenso.',
  tooMany: 'Troppi codici. Riprova tra {seconds, plural, one {# secondo} other {# secondi}}.',
  codeInvalid: 'Questo codice non è valido. Controllalo sul dispositivo; potrebbe essere scaduto.',
};
