import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  allowTitle: 'Autoriser {client} ?',
  wantsAccount: '{client} souhaite utiliser votre compte.',
  allow: 'Autoriser',
  cancel: 'Annuler',
  youGoTo: 'Ensuite, vous irez vers {host}.',
  chooseAccount: 'Choisissez un compte',
  toContinueTo: 'pour continuer vers {client}',
  signedInHere: 'Ces comptes sont connectés dans ce navigateur.',
  isCurrent: 'utilisé',
  useAnother: 'Utiliser un autre compte',
  signOutAll: 'Se déconnecter de tous les comptes',
  oneMoment: 'Un instant',
  takenBack: 'Vous allez être ramené vers {client}.',
  continue: 'Continuer',
};
