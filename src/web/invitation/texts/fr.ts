import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  title: 'Votre invitation',
  lead: 'Créez votre compte chez {house}. Vous choisissez un mot de passe que personne d’autre ne connaît.',
  signedIn: 'Vous êtes connecté en tant que {name} dans ce navigateur. Ceci crée un autre compte.',
  submit: 'Créer le compte',
  dead: 'Cette invitation ne fonctionne plus',
  deadText: 'Elle a été utilisée ou retirée, ou son délai est passé.',
  deadWay: 'Demandez-en une nouvelle à la personne qui vous a invité. Si vous avez déjà un compte : {signIn}.',
  signIn: 'se connecter',
};
