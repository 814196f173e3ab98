import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  password: 'Passwort',
  passkey: 'Passkey',
  code: 'Einmalcode',
  mail: 'E-Mail',
  provider: 'Anderer Anbieter',
};
