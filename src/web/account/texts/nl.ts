import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  account: 'Uw account',
  profile: 'Profiel',
  email: 'E-mailadres',
  security: 'Manieren om in te loggen',
  sessions: 'Apparaten',
  applications: 'Toepassingen',
  activity: 'Activiteit',
  data: 'Uw gegevens',
};
