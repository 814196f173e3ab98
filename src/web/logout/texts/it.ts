import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  question: 'Uscire?',
  clientAsks: '{client} chiede se vuoi uscire.',
  doYouWant: 'Vuoi uscire da qui?',
  stay: 'Resta connesso',
  signedOut: 'Disconnessione effettuata',
  backSoon: 'Tra un momento torni a {client}.',
  backTo: 'Torna a {client}',
  signInAgain: 'Accedi di nuovo',
  stillHere: 'Ancora connessi in questo browser:',
  signOutAll: 'Esci da tutti gli account',
  frame: 'Uscita',
};
