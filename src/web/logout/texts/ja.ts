import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  question: 'サインアウトしますか？',
  clientAsks: '{client} が、サインアウトするかどうかを尋ねています。',
  doYouWant: 'ここからサインアウトしますか？',
  stay: 'サインインしたままにする',
  signedOut: 'サインアウトしました',
  backSoon: 'まもなく {client} に戻ります。',
  backTo: '{client} に戻る',
  signInAgain: 'もう一度サインイン',
  stillHere: 'このブラウザーで引き続きサインイン中：',
  signOutAll: 'すべてのアカウントからサインアウト',
  frame: 'サインアウト',
};
