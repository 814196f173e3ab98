import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  skipToContent: '本文へ移動',
  language: '言語',
  changeLanguage: '言語を変更',
  show: '表示',
  hide: '隠す',
  showPassword: 'パスワードを表示',
  hidePassword: 'パスワードを隠す',
  copy: 'コピー',
  copied: 'コピーしました',
  notCopied: 'コピーできませんでした',
  accountOf: '{name} さんのアカウント',
  console: '管理コンソール',
  playground: 'プレイグラウンド',
  yourApplications: '利用できるアプリ',
  yourAccount: 'アカウント',
  signOut: 'サインアウト',
  required: '必須',
  optional: '任意',
  switchAccount: 'アカウントを切り替える',
};
