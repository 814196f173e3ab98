import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  yourApplications: 'Ihre Anwendungen',
  applications: 'Anwendungen',
  nothingYet: 'Noch nichts zu öffnen',
  nothingYetText: 'Anwendungen erscheinen hier, sobald sie mit der Adresse ihrer Startseite eingetragen sind.',
  openConsole: 'Konsole öffnen',
  running: 'Castellan läuft',
  noAdministrator: 'Noch verwaltet es niemand.',
  linkPrinted:
    'Beim Start hat es einen Link ausgegeben, mit dem das erste Administrationskonto angelegt wird: Öffnen Sie ihn in diesem Browser. Um ihn noch einmal auszugeben, führen Sie dort, wo Castellan installiert ist, dies aus:',
  orBinary: 'oder mit der einzelnen Programmdatei:',
  commandCheckout: 'Befehl in einem Checkout',
  commandBinary: 'Befehl mit der Programmdatei',
};
