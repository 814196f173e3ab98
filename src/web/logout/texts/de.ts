import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  question: 'Abmelden?',
  clientAsks: '{client} fragt, ob Sie sich abmelden möchten.',
  doYouWant: 'Möchten Sie sich hier abmelden?',
  stay: 'Angemeldet bleiben',
  signedOut: 'Sie sind abgemeldet',
  backSoon: 'Gleich sind Sie wieder bei {client}.',
  backTo: 'Zurück zu {client}',
  signInAgain: 'Wieder anmelden',
  stillHere: 'In diesem Browser noch angemeldet:',
  signOutAll: 'Von allen Konten abmelden',
  frame: 'Abmeldung',
};
