import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  password: 'パスワード',
  passkey: 'パスキー',
  code: 'ワンタイムコード',
  mail: 'メール',
  provider: '他のプロバイダー',
};
