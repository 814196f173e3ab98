import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  question: 'ログアウトしますか？',
  clientAsks: '{client} が、ログアウトするかどうかを尋ねています。',
  doYouWant: 'ここからログアウトしますか？',
  stay: 'ログインしたままにする',
  signedOut: 'ログアウトしました',
  backSoon: 'まもなく {client} に戻ります。',
  backTo: '{client} に戻る',
  signInAgain: 'もう一度ログイン',
  stillHere: 'このブラウザーで引き続きログイン中：',
  signOutAll: 'すべてのアカウントからログアウト',
  frame: 'ログアウト',
};
