import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  allowTitle: '{client} のアクセスを許可しますか？',
  wantsAccount: '{client} があなたのアカウントの使用を求めています。',
  allow: '許可',
  cancel: 'キャンセル',
  youGoTo: 'その後、{host} に移動します。',
  chooseAccount: 'アカウントを選択',
  toContinueTo: '{client} に進みます',
  signedInHere: 'このブラウザーでサインイン中のアカウントです。',
  isCurrent: '使用中',
  useAnother: '別のアカウントを使う',
  signOutAll: 'すべてのアカウントからサインアウト',
  oneMoment: '少々お待ちください',
  takenBack: '{client} に戻ります。',
  continue: '続ける',
};
