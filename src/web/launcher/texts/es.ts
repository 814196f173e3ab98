import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  yourApplications: 'Sus aplicaciones',
  applications: 'Aplicaciones',
  nothingYet: 'Aún no hay nada que abrir',
  nothingYetText: 'Las aplicaciones aparecen aquí en cuanto se registran con la dirección de su página de inicio.',
  openConsole: 'Abrir la consola',
};
