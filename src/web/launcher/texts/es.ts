import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  yourApplications: 'Sus aplicaciones',
  applications: 'Aplicaciones',
  nothingYet: 'Aún no hay nada que abrir',
  nothingYetText: 'Las aplicaciones aparecen aquí en cuanto se registran con la dirección de su página de inicio.',
  openConsole: 'Abrir la consola',
  running: 'Castellan está en marcha',
  noAdministrator: 'Todavía no tiene administrador.',
  linkPrinted:
    'Al arrancar mostró un enlace que crea el primer administrador: ábralo en este navegador. Para mostrarlo de nuevo, ejecute esto donde está instalado Castellan:',
  orBinary: 'o, con el binario único:',
  commandCheckout: 'Orden en una copia del repositorio',
  commandBinary: 'Orden con el binario',
};
