import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  account: 'アカウント',
  profile: 'プロフィール',
};
