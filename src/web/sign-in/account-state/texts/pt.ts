import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  disabledHeading: 'Esta conta está desativada',
  disabled: 'Provou que é sua, mas um administrador desativou-a. Fale com ele se achar que é um engano.',
  expiredHeading: 'Esta conta expirou',
  expired: 'Provou que é sua, mas o prazo terminou. Peça mais tempo ao administrador.',
  awaitsApprovalHeading: 'A sua conta aguarda aprovação',
  awaitsApproval:
    'Um administrador analisa as contas novas antes de poderem ser usadas. Volte mais tarde: a sua palavra-passe mantém-se.',
  anotherAccount: 'Iniciar sessão com outra conta',
  newPassword: 'Escolha uma nova palavra-passe',
  newPasswordLead:
    'A atual foi definida por outra pessoa, por isso só serve desta vez. A partir de agora só você a conhecerá.',
  username: 'Nome de utilizador',
  save: 'Guardar e continuar',
  backTo: 'Voltar a {client}',
};
