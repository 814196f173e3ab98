import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  account: 'Twoje konto',
  profile: 'Profil',
  email: 'Adres e-mail',
  security: 'Sposoby logowania',
  sessions: 'Urządzenia',
  applications: 'Aplikacje',
  activity: 'Aktywność',
  data: 'Twoje dane',
};
