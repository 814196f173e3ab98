import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  yourApplications: 'Uw toepassingen',
  applications: 'Toepassingen',
  nothingYet: 'Nog niets om te openen',
  nothingYetText: 'Toepassingen verschijnen hier zodra ze met het adres van hun startpagina zijn geregistreerd.',
  openConsole: 'Console openen',
};
