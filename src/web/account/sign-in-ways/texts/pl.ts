import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  password: 'Hasło',
  passkey: 'Klucz dostępu',
  code: 'Kod jednorazowy',
  mail: 'E-mail',
  provider: 'Inny dostawca',
};
