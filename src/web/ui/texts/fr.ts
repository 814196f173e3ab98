import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  skipToContent: 'Aller au contenu',
  language: 'Langue',
  changeLanguage: 'Changer de langue',
  show: 'Afficher',
  hide: 'Masquer',
  showPassword: 'Afficher le mot de passe',
  hidePassword: 'Masquer le mot de passe',
  copy: 'Copier',
  copied: 'Copié',
  notCopied: 'Non copié',
  accountOf: 'Compte de {name}',
  console: 'Console',
  playground: 'Bac à sable',
  yourApplications: 'Vos applications',
  yourAccount: 'Votre compte',
  signOut: 'Se déconnecter',
  required: 'obligatoire',
  optional: 'facultatif',
  switchAccount: 'Changer de compte',
};
