import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  continueWith: '{provider} で続ける',
  cancelled: '{provider} でのサインインはキャンセルされました。もう一度試すか、別の方法でサインインしてください。',
  unreachable: '{provider} は現在応答していません。後でもう一度試すか、別の方法でサインインしてください。',
  refused:
    '{provider} でサインインできませんでした。もう一度試すか、別の方法でサインインしてください。繰り返し起きる場合は管理者にお知らせください。',
  tooLong:
    'アプリケーションからの要求が大きすぎるため、{provider} に引き継げません。別の方法でサインインしてください。または、先に {page} で {provider} を使ってサインインしてから、もう一度アプリケーションを開いてください。',
  startAgain: '最初からやり直してください',
  otherBrowser: 'このサインインは別のブラウザーで始められたか、始めてから時間がたちすぎています。',
  toSignIn: 'サインインページへ',
  noSuchProvider: 'このサインイン方法はありません',
  noSuchProviderText: '無効になった可能性があります。別の方法でサインインしてください。',
  backToSignIn: 'サインインに戻る',
  newHere: '初めてのご利用です',
  newHereLead: '{provider} からあなたの情報を受け取りました。内容を確認すると、アカウントが使えるようになります。',
  username: 'ユーザー名',
  name: '名前',
  email: 'メールアドレス',
  createAccount: 'アカウントを作成',
  haveAccount: 'すでにアカウントをお持ちですか？',
  signInAndConnect: 'サインインして連携',
  connectFirst: 'すでにアカウントをお持ちです',
  connectFirstText:
    '{email} のアカウントがあります。いつもの方法で一度サインインして連携してください。以後は {provider} だけでサインインできます。',
  noAccount: 'まだここにあなたのアカウントはありません',
  noAccountText: '{provider} からあなたの情報を受け取りましたが、そのアカウントと連携している人はここにはいません。',
  noAccountAsk:
    'ここにアカウントをお持ちの場合は、一度サインインして連携してください。お持ちでない場合は、管理者に依頼してください。',
  connectQuestion: '{provider} と連携しますか？',
  connectText: '以後、{provider} の {label} としてこのアカウントにサインインできます。',
  connect: '連携する',
  notNow: '今はしない',
  connected: 'アカウントを {provider} と連携しました。',
  connectedToOther: '連携できません',
  connectedToOtherText:
    '{provider} の {label} は、ここの別のアカウントと連携しています。先にそちらの連携を解除するか、管理者にお問い合わせください。',
  toAccount: 'アカウントに戻る',
};
