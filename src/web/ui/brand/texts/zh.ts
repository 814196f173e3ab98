import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  imprint: '法律声明',
  privacy: '隐私',
  help: '帮助',
};
