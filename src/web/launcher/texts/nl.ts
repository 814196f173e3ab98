import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  yourApplications: 'Uw toepassingen',
  applications: 'Toepassingen',
  nothingYet: 'Nog niets om te openen',
  nothingYetText: 'Toepassingen verschijnen hier zodra ze met het adres van hun startpagina zijn geregistreerd.',
  openConsole: 'Console openen',
  running: 'Castellan draait',
  noAdministrator: 'Het heeft nog geen beheerder.',
  linkPrinted:
    'Bij het starten toonde het een link die de eerste beheerder aanmaakt: open die link in deze browser. Om hem opnieuw te tonen, voert u dit uit waar Castellan is geïnstalleerd:',
  orBinary: 'of, met het losse programma:',
  commandCheckout: 'Opdracht in een checkout',
  commandBinary: 'Opdracht met het programma',
};
