import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  password: 'Mot de passe',
  passkey: 'Clé d’accès',
  code: 'Code à usage unique',
  mail: 'E-mail',
  provider: 'Autre fournisseur',
};
