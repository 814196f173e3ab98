import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  allowTitle: '{client} toegang geven?',
  wantsAccount: '{client} wil uw account gebruiken.',
  allow: 'Toestaan',
  cancel: 'Annuleren',
  youGoTo: 'Daarna gaat u naar {host}.',
  chooseAccount: 'Kies een account',
  toContinueTo: 'om door te gaan naar {client}',
  signedInHere: 'Deze accounts zijn in deze browser ingelogd.',
  isCurrent: 'in gebruik',
  useAnother: 'Een ander account gebruiken',
  signOutAll: 'Bij alle accounts uitloggen',
  oneMoment: 'Een ogenblik',
  takenBack: 'U wordt teruggebracht naar {client}.',
  continue: 'Doorgaan',
};
