import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  lead: 'I dispositivi da cui hai effettuato l’accesso. Se non ne riconosci uno, disconnettilo e cambia la password.',
  thisBrowser: 'Questo browser',
  elsewhere: 'Altri browser',
  elsewhereLead: 'Il nome di un dispositivo è quello che il suo browser dichiara di sé.',
  device: 'Dispositivo',
  here: 'questo browser',
  signedIn: 'Accesso',
  lastUsed: 'Ultimo uso',
  address: 'Indirizzo',
  applications: 'Applicazioni',
  noApplications: 'Nessuna',
  signOut: 'Disconnetti',
  several: 'Più d’uno insieme',
  severalLead: 'Disconnettendo termina anche ciò che le applicazioni hanno ottenuto da lì.',
  endOthers: 'Disconnetti tutti gli altri',
  endAll: 'Disconnetti ovunque, anche qui',
  ended:
    '{count, plural, =0 {Non c’erano altri accessi.} one {Un browser è stato disconnesso.} other {# browser sono stati disconnessi.}}',
  notFound: 'Già disconnesso',
  notFoundText: 'Questo browser non è più connesso.',
  back: 'Dove hai effettuato l’accesso',
};
