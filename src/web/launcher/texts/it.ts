import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  yourApplications: 'Le tue applicazioni',
  applications: 'Applicazioni',
  nothingYet: 'Ancora niente da aprire',
  nothingYetText: 'Le applicazioni compaiono qui quando vengono registrate con l’indirizzo della loro pagina iniziale.',
  openConsole: 'Apri la console',
};
