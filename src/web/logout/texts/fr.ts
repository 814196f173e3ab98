import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  question: 'Se déconnecter ?',
  clientAsks: '{client} demande si vous voulez vous déconnecter.',
  doYouWant: 'Voulez-vous vous déconnecter ici ?',
  stay: 'Rester connecté',
  signedOut: 'Vous êtes déconnecté',
  backSoon: 'Dans un instant, vous serez de retour sur {client}.',
  backTo: 'Retour à {client}',
  signInAgain: 'Se reconnecter',
  stillHere: 'Encore connectés dans ce navigateur :',
  signOutAll: 'Se déconnecter de tous les comptes',
  frame: 'Déconnexion',
};
