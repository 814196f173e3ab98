import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  question: 'Wylogować?',
  clientAsks: '{client} pyta, czy chcesz się wylogować.',
  doYouWant: 'Czy chcesz się tutaj wylogować?',
  stay: 'Pozostań zalogowany',
  signedOut: 'Wylogowano Cię',
  backSoon: 'Za chwilę wrócisz do {client}.',
  backTo: 'Wróć do {client}',
  signInAgain: 'Zaloguj ponownie',
  stillHere: 'Nadal zalogowani w tej przeglądarce:',
  signOutAll: 'Wyloguj ze wszystkich kont',
  frame: 'Wylogowanie',
};
