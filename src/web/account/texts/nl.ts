import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  account: 'Uw account',
  profile: 'Profiel',
};
