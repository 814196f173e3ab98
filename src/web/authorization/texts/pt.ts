import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  allowTitle: 'Permitir o acesso a {client}?',
  wantsAccount: '{client} gostaria de usar a sua conta.',
  allow: 'Permitir',
  cancel: 'Cancelar',
  youGoTo: 'Depois irá para {host}.',
  chooseAccount: 'Escolha uma conta',
  toContinueTo: 'para continuar em {client}',
  signedInHere: 'Estas contas têm sessão iniciada neste navegador.',
  isCurrent: 'em uso',
  useAnother: 'Usar outra conta',
  signOutAll: 'Terminar a sessão em todas as contas',
  oneMoment: 'Um momento',
  takenBack: 'Está a ser levado de volta para {client}.',
  continue: 'Continuar',
};
