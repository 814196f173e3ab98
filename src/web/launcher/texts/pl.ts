import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  yourApplications: 'Twoje aplikacje',
  applications: 'Aplikacje',
  nothingYet: 'Na razie nie ma czego otworzyć',
  nothingYetText: 'Aplikacje pojawią się tutaj, gdy zostaną zarejestrowane z adresem strony głównej.',
  openConsole: 'Otwórz konsolę',
};
