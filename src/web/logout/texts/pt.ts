import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  question: 'Terminar a sessão?',
  clientAsks: '{client} pergunta se quer terminar a sessão.',
  doYouWant: 'Quer terminar a sessão aqui?',
  stay: 'Manter a sessão',
  signedOut: 'Terminou a sessão',
  backSoon: 'Dentro de momentos estará de volta a {client}.',
  backTo: 'Voltar a {client}',
  signInAgain: 'Iniciar sessão de novo',
  stillHere: 'Ainda com sessão iniciada neste navegador:',
  signOutAll: 'Terminar a sessão em todas as contas',
  frame: 'Fim de sessão',
};
