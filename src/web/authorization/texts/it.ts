import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  allowTitle: 'Consentire l’accesso a {client}?',
  wantsAccount: '{client} vorrebbe usare il tuo account.',
  allow: 'Consenti',
  cancel: 'Annulla',
  youGoTo: 'Poi andrai a {host}.',
  chooseAccount: 'Scegli un account',
  toContinueTo: 'per continuare su {client}',
  signedInHere: 'Questi account hanno effettuato l’accesso in questo browser.',
  isCurrent: 'in uso',
  useAnother: 'Usa un altro account',
  signOutAll: 'Esci da tutti gli account',
  oneMoment: 'Un momento',
  takenBack: 'Stai tornando a {client}.',
  continue: 'Continua',
};
