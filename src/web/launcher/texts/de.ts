import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  yourApplications: 'Ihre Anwendungen',
  applications: 'Anwendungen',
  nothingYet: 'Noch nichts zu öffnen',
  nothingYetText: 'Anwendungen erscheinen hier, sobald sie mit der Adresse ihrer Startseite eingetragen sind.',
  openConsole: 'Konsole öffnen',
};
