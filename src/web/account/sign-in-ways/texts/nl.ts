import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  password: 'Wachtwoord',
  passkey: 'Passkey',
  code: 'Eenmalige code',
  mail: 'E-mail',
  provider: 'Andere aanbieder',
};
