import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  browserOnSystem: '{system} 上的 {browser}',
  unknown: '未知设备',
};
