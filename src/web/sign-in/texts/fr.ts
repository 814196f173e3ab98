import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  signIn: 'Se connecter',
  toContinueTo: 'pour continuer vers {client}',
  usernameOrEmail: 'Nom d’utilisateur ou adresse e-mail',
  password: 'Mot de passe',
  cancel: 'Annuler',
  or: 'ou',
  forgotten: 'Mot de passe oublié ?',
  enterBoth: 'Saisissez votre nom d’utilisateur ou votre adresse e-mail, ainsi que votre mot de passe.',
  wrongPassword: 'Le nom d’utilisateur et le mot de passe ne correspondent pas. Vérifiez-les et réessayez.',
  tooManyAttempts: 'Trop de tentatives. Réessayez dans {seconds, plural, one {# seconde} other {# secondes}}.',
  tookTooLong: 'Plus de dix minutes ont passé. Veuillez vous connecter à nouveau.',
  accountChanged: 'Ce compte a été modifié pendant votre connexion. Connectez-vous à nouveau.',
};
