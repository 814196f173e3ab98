import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  offer: '初めての方は {createAccount}',
  createAccount: 'アカウントを作成',
  submit: 'アカウントを作成',
  haveAccount: 'お持ちのアカウントでサインイン',
  codeTitle: 'メールをご覧ください',
  codeLead:
    '{email} にコードとリンクをお送りしました。1 時間以内に、ここにコードを入力するか、リンクを開いてください。',
  code: 'コード',
  codeSubmit: 'アドレスを確認',
  codeWrong: 'コードが正しくないか、無効になっています。確認するか、最初からやり直してください。',
  again: '最初からやり直す',
  notThere: '数分かかることがあります。迷惑メールもご確認ください。アドレスが違う場合は、最初からやり直してください。',
  linkTitle: 'メールアドレスの確認',
  linkLead: 'アドレス {email} でアカウント {username} を作成します。',
  linkPassword: 'お選びになったパスワード',
  linkPasswordHint: '始めたときとは別のブラウザーでリンクを開いています。',
  passwordWrong: 'お選びになったパスワードと違います。もう一度試すか、最初からやり直してください。',
  notYou: 'お心当たりがない場合は、このページを閉じてください。アカウントは作成されません。',
  dead: 'このリンクは使えなくなりました',
  deadText: '使用済みか、1 時間以上たっています。',
  waitingTitle: 'アカウントは承認待ちです',
  waiting: '新しいアカウントは、管理者が確認してから使えるようになります。準備ができたらメールでお知らせします。',
  waitingWithoutMail: '新しいアカウントは、管理者が確認してから使えるようになります。後ほどサインインしてください。',
  backTo: '{client} に戻る',
  signIn: 'サインイン',
};
