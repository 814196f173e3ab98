import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  browserOnSystem: '{system} の {browser}',
  unknown: '不明なデバイス',
};
