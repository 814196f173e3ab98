import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  account: 'Ihr Konto',
  profile: 'Profil',
  email: 'E-Mail-Adresse',
  security: 'Anmeldearten',
  sessions: 'Geräte',
  applications: 'Anwendungen',
  activity: 'Aktivität',
  data: 'Ihre Daten',
};
