import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  imprint: '運営者情報',
  privacy: 'プライバシー',
  help: 'ヘルプ',
};
