import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  password: 'Palavra-passe',
  passkey: 'Chave de acesso',
  code: 'Código de utilização única',
  mail: 'E-mail',
  provider: 'Outro fornecedor',
};
