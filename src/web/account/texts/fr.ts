import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  account: 'Votre compte',
  profile: 'Profil',
  email: 'Adresse e-mail',
  security: 'Moyens de connexion',
  sessions: 'Appareils',
  applications: 'Applications',
  activity: 'Activité',
  data: 'Vos données',
};
