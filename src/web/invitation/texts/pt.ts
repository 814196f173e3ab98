import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  title: 'Recebeu um convite',
  lead: 'Crie a sua conta em {house}. Escolha uma palavra-passe que mais ninguém conhece.',
  signedIn: 'Neste navegador tem sessão iniciada como {name}. Isto cria outra conta.',
  submit: 'Criar a conta',
  dead: 'Este convite já não funciona',
  deadText: 'Foi usado ou retirado, ou o prazo passou.',
  deadWay: 'Peça um novo a quem o convidou. Se já tem uma conta: {signIn}.',
  signIn: 'iniciar sessão',
};
