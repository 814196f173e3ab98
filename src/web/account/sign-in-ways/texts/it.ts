import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  password: 'Password',
  passkey: 'Passkey',
  code: 'Codice monouso',
  mail: 'E-mail',
  provider: 'Altro fornitore',
};
