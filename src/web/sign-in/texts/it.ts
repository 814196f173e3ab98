import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  signIn: 'Accedi',
  toContinueTo: 'per continuare su {client}',
  usernameOrEmail: 'Nome utente o indirizzo e-mail',
  password: 'Password',
  cancel: 'Annulla',
  or: 'oppure',
  forgotten: 'Password dimenticata?',
  enterBoth: 'Inserisci il nome utente o l’indirizzo e-mail e la password.',
  wrongPassword: 'Nome utente e password non corrispondono. Controllali e riprova.',
  tooManyAttempts: 'Troppi tentativi. Riprova tra {seconds, plural, one {# secondo} other {# secondi}}.',
  tookTooLong: 'Sono passati più di dieci minuti. Accedi di nuovo.',
  accountChanged: 'Questo account è stato modificato durante l’accesso. Accedi di nuovo.',
};
