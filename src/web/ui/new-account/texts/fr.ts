import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  username: 'Nom d’utilisateur',
  email: 'Adresse e-mail',
  name: 'Nom complet',
  usernameTaken: 'Ce nom d’utilisateur est déjà pris. Choisissez-en un autre.',
  usernameProblem:
    'Un nom d’utilisateur compte au plus 64 lettres, chiffres et signes, sans espaces. Il ne peut contenir @ que si c’est votre adresse e-mail.',
  usernameAt: 'Choisissez un nom d’utilisateur sans @. Vous pouvez aussi vous connecter avec votre adresse e-mail.',
  emailTaken: 'Il existe déjà un compte avec cette adresse e-mail. Connectez-vous avec celui-ci.',
  emailProblem: 'Saisissez une adresse e-mail comme anna@example.com.',
  nameProblem: 'Un nom compte au plus 256 caractères, sur une seule ligne.',
  tooMany: 'Trop de tentatives. Réessayez dans {minutes, plural, one {# minute} other {# minutes}}.',
  full: 'Un très grand nombre de personnes créent un compte en ce moment. Réessayez dans une heure.',
  notAccepted: 'Cela n’a pas pu être accepté. Vérifiez votre saisie.',
};
