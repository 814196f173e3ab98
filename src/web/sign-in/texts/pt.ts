import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  signIn: 'Iniciar sessão',
  toContinueTo: 'para continuar em {client}',
  usernameOrEmail: 'Nome de utilizador ou endereço de e-mail',
  password: 'Palavra-passe',
  cancel: 'Cancelar',
  or: 'ou',
  forgotten: 'Esqueceu-se da palavra-passe?',
  enterBoth: 'Introduza o nome de utilizador ou o endereço de e-mail e a palavra-passe.',
  wrongPassword: 'O nome de utilizador e a palavra-passe não correspondem. Verifique ambos e tente de novo.',
  tooManyAttempts:
    'Demasiadas tentativas. Tente de novo dentro de {seconds, plural, one {# segundo} other {# segundos}}.',
  tookTooLong: 'Passaram mais de dez minutos. Inicie sessão de novo.',
  accountChanged: 'Esta conta foi alterada enquanto iniciava sessão. Inicie sessão de novo.',
};
