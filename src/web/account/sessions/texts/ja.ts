import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  lead: 'サインインしている場所です。心当たりのないものがあれば、サインアウトしてパスワードを変更してください。',
  thisBrowser: 'このブラウザー',
  elsewhere: 'その他のブラウザー',
  elsewhereLead: 'デバイス名はブラウザーの申告によるものです。',
  device: 'デバイス',
  here: 'このブラウザー',
  signedIn: 'サインイン',
  lastUsed: '最終使用',
  address: 'アドレス',
  applications: 'アプリケーション',
  noApplications: 'なし',
  signOut: 'サインアウト',
  several: 'まとめて操作',
  severalLead: 'サインアウトすると、アプリケーションがそこから得たものも無効になります。',
  endOthers: 'ほかをすべてサインアウト',
  endAll: 'ここも含めてすべてサインアウト',
  ended:
    '{count, plural, =0 {ほかにサインインしているブラウザーはありませんでした。} other {# 個のブラウザーをサインアウトしました。}}',
  notFound: 'サインアウト済み',
  notFoundText: 'このブラウザーはもうサインインしていません。',
  back: 'サインインしている場所',
};
