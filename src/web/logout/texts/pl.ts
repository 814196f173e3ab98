import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  question: 'Wylogować?',
  clientAsks: '{client} pyta, czy chcesz się wylogować.',
  doYouWant: 'Czy chcesz się tutaj wylogować?',
  stay: 'Nie wylogowuj',
  signedOut: 'Nastąpiło wylogowanie',
  backSoon: 'Za chwilę wrócisz do {client}.',
  backTo: 'Wróć do {client}',
  signInAgain: 'Zaloguj się ponownie',
  stillHere: 'Konta nadal zalogowane w tej przeglądarce:',
  signOutAll: 'Wyloguj ze wszystkich kont',
  frame: 'Wylogowanie',
};
