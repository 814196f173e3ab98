import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  title: '招待が届いています',
  lead: '{house} のアカウントを作成します。パスワードは、ほかの誰も知らないものを選んでください。',
  signedIn: 'このブラウザーでは {name} としてサインインしています。ここでは別のアカウントを作成します。',
  submit: 'アカウントを作成',
  dead: 'この招待はもう使えません',
  deadText: '使用済みか、取り消されたか、期限が過ぎています。',
  deadWay: '招待した方に新しい招待を依頼してください。すでにアカウントをお持ちの場合は、{signIn}してください。',
  signIn: 'サインイン',
};
