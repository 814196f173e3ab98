import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  question: 'Afmelden?',
  clientAsks: '{client} vraagt of u zich wilt afmelden.',
  doYouWant: 'Wilt u zich hier afmelden?',
  stay: 'Aangemeld blijven',
  signedOut: 'U bent afgemeld',
  backSoon: 'Over een ogenblik bent u terug bij {client}.',
  backTo: 'Terug naar {client}',
  signInAgain: 'Opnieuw aanmelden',
  stillHere: 'Nog aangemeld in deze browser:',
  signOutAll: 'Bij alle accounts afmelden',
  frame: 'Afmelding',
};
