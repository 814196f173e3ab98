import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  yourApplications: 'As suas aplicações',
  applications: 'Aplicações',
  nothingYet: 'Ainda não há nada para abrir',
  nothingYetText: 'As aplicações aparecem aqui assim que são registadas com o endereço da sua página inicial.',
  openConsole: 'Abrir a consola',
};
