import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  yourApplications: 'As suas aplicações',
  applications: 'Aplicações',
  nothingYet: 'Ainda não há nada para abrir',
  nothingYetText: 'As aplicações aparecem aqui assim que são registadas com o endereço da sua página inicial.',
  openConsole: 'Abrir a consola',
  running: 'O Castellan está a funcionar',
  noAdministrator: 'Ainda não tem administrador.',
  linkPrinted:
    'Ao arrancar, mostrou uma ligação que cria o primeiro administrador: abra-a neste navegador. Para a mostrar de novo, execute isto onde o Castellan está instalado:',
  orBinary: 'ou, com o binário único:',
  commandCheckout: 'Comando numa cópia do repositório',
  commandBinary: 'Comando com o binário',
};
