import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  yourApplications: 'アプリケーション',
  applications: 'アプリケーション',
  nothingYet: 'まだ開けるものがありません',
  nothingYetText: 'ホームページのアドレスが登録されたアプリケーションがここに表示されます。',
  openConsole: 'コンソールを開く',
};
