import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  title: 'Criar o administrador',
  lead: 'Esta ligação funciona uma só vez. Quem preencher esta página passa a administrar o Castellan.',
  submit: 'Criar o administrador',
  linkNeeded: 'É necessária uma ligação de configuração',
  linkNeededText: 'O Castellan mostrou uma ligação ao arrancar. Abra essa ligação.',
  linkDead: 'Esta ligação já não funciona',
  linkDeadText: 'Foi usada, é demasiado antiga ou foi criada uma mais recente.',
  newLink: 'Para mostrar uma nova, execute {command} no servidor, ou {commandInCheckout} numa cópia do repositório.',
};
