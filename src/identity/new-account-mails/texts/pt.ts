import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  invitationSubject: 'Recebeu um convite de {house}',
  invitation: 'Recebeu um convite para criar uma conta em {house}.',
  invitationTo: '{name}, recebeu um convite para criar uma conta em {house}.',
  invitationLabel: 'Criar a sua conta',
  invitationClosing: 'A ligação funciona até {date}. Se não a esperava, não precisa de fazer nada.',
  confirmationSubject: 'Confirme o seu endereço de e-mail',
  confirmation:
    'Alguém está a criar uma conta em {house} com este endereço de e-mail. Se for você, escreva este código na página em que começou ou abra a ligação.',
  confirmationLabel: 'Confirmar o endereço',
  confirmationClosing:
    'Ambos funcionam durante uma hora. Se não for você, não precisa de fazer nada: nenhuma conta será criada.',
  existingSubject: 'Já tem uma conta',
  existing:
    'Alguém quis criar uma conta em {house} com este endereço de e-mail. Já tem uma, por isso nada foi criado. Se foi você, inicie sessão com ela.',
  signIn: 'Iniciar sessão',
  existingClosing: 'Se não foi você, não precisa de fazer nada.',
  approvedSubject: 'A sua conta está pronta',
  approved: 'Um administrador aprovou a sua conta: já pode iniciar sessão em {house} como {username}.',
};
