import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  none: 'ここから開いたアプリケーションはありませんでした。',
  allTold: 'ご利用になったアプリケーションに通知しました。',
  someMayKnow: 'ご利用になったアプリケーションでは、そちらでもサインアウトするまでサインインしたままの場合があります。',
  told: '通知しました。',
  beingTold: '通知していますが、まだ応答がありません。',
  outOfReach: '通知できませんでした。そちらでもサインアウトしてください。',
  neverTold: 'ここでサインアウトしても通知されません。そちらでもサインアウトしてください。',
  keepsAccess: '不在時のために許可したアクセスは {until} まで続きます。',
  accessEnds: 'ここから受け取ったものは遅くとも {until} に無効になります。',
};
