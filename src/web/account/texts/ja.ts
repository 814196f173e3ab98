import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  account: 'アカウント',
  profile: 'プロフィール',
  email: 'メールアドレス',
  security: 'サインイン方法',
  sessions: 'デバイス',
  applications: '連携アプリ',
  activity: 'アクティビティ',
  data: 'データ',
};
