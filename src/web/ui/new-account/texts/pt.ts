import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  username: 'Nome de utilizador',
  email: 'Endereço de e-mail',
  name: 'Nome completo',
  usernameTaken: 'Este nome de utilizador já está a ser usado. Escolha outro.',
  usernameProblem:
    'Um nome de utilizador tem no máximo 64 letras, algarismos e sinais, sem espaços. Só pode ter @ se for o seu endereço de e-mail.',
  usernameAt: 'Escolha um nome de utilizador sem @. Também pode iniciar sessão com o seu endereço de e-mail.',
  emailTaken: 'Já existe uma conta com este endereço de e-mail. Inicie sessão com ela.',
  emailProblem: 'Introduza um endereço de e-mail como anna@example.com.',
  nameProblem: 'Um nome tem no máximo 256 caracteres, numa só linha.',
  tooMany: 'Demasiadas tentativas. Tente de novo dentro de {minutes, plural, one {# minuto} other {# minutos}}.',
  full: 'Neste momento há muitas pessoas a criar uma conta. Tente de novo dentro de uma hora.',
  notAccepted: 'Não foi possível aceitar. Verifique o que introduziu.',
};
