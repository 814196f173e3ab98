import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  question: 'Uitloggen?',
  clientAsks: '{client} vraagt of u wilt uitloggen.',
  doYouWant: 'Wilt u hier uitloggen?',
  stay: 'Ingelogd blijven',
  signedOut: 'U bent uitgelogd',
  backSoon: 'Over een ogenblik bent u terug bij {client}.',
  backTo: 'Terug naar {client}',
  signInAgain: 'Opnieuw inloggen',
  stillHere: 'Nog ingelogd in deze browser:',
  signOutAll: 'Bij alle accounts uitloggen',
  frame: 'Uitloggen',
};
