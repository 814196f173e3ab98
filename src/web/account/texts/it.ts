import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  account: 'Il tuo account',
  profile: 'Profilo',
  email: 'Indirizzo e-mail',
  security: 'Modi per accedere',
  sessions: 'Dispositivi',
  applications: 'Applicazioni',
  activity: 'Attività',
  data: 'I tuoi dati',
};
