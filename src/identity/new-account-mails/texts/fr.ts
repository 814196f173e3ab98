import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  invitationSubject: 'Invitation de {house}',
  invitation: '{house} vous invite à créer un compte.',
  invitationTo: '{name}, {house} vous invite à créer un compte.',
  invitationLabel: 'Créer mon compte',
  invitationClosing: 'Le lien fonctionne jusqu’au {date}. Si vous ne l’attendiez pas, vous n’avez rien à faire.',
  confirmationSubject: 'Confirmez votre adresse e-mail',
  confirmation:
    'Quelqu’un crée un compte chez {house} avec cette adresse e-mail. Si c’est vous, saisissez ce code sur la page où vous avez commencé, ou ouvrez le lien.',
  confirmationLabel: 'Confirmer l’adresse',
  confirmationClosing:
    'Les deux sont valables pendant une heure. Si ce n’est pas vous, vous n’avez rien à faire : aucun compte n’est alors créé.',
  existingSubject: 'Vous avez déjà un compte',
  existing:
    'Quelqu’un a voulu créer un compte chez {house} avec cette adresse e-mail. Vous en avez déjà un, donc rien n’a été créé. Si c’était vous, connectez-vous avec celui-ci.',
  signIn: 'Se connecter',
  existingClosing: 'Si ce n’était pas vous, vous n’avez rien à faire.',
  approvedSubject: 'Votre compte est prêt',
  approved:
    'Un administrateur a approuvé votre compte : vous pouvez maintenant vous connecter à {house} en tant que {username}.',
};
