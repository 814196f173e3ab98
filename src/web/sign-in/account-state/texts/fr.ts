import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  disabledHeading: 'Ce compte est désactivé',
  disabled:
    'Vous avez prouvé qu’il est à vous, mais un administrateur l’a désactivé. Adressez-vous à lui si vous pensez qu’il s’agit d’une erreur.',
  expiredHeading: 'Ce compte a expiré',
  expired:
    'Vous avez prouvé qu’il est à vous, mais sa durée est écoulée. Demandez une prolongation à votre administrateur.',
  awaitsApprovalHeading: 'Votre compte attend d’être approuvé',
  awaitsApproval:
    'Un administrateur examine les nouveaux comptes avant leur utilisation. Revenez plus tard : votre mot de passe reste le même.',
  anotherAccount: 'Se connecter avec un autre compte',
  newPassword: 'Choisissez un nouveau mot de passe',
  newPasswordLead:
    'Quelqu’un d’autre a défini l’actuel pour vous, il ne sert donc que cette fois. Désormais, personne d’autre ne le connaîtra.',
  username: 'Nom d’utilisateur',
  save: 'Enregistrer et continuer',
  backTo: 'Retour à {client}',
};
