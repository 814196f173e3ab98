import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  username: 'ユーザー名',
  email: 'メールアドレス',
  name: '氏名',
  usernameTaken: 'このユーザー名は使われています。別の名前を選んでください。',
  usernameProblem:
    'ユーザー名は 64 文字以内の文字・数字・記号で、空白は使えません。@ を使えるのは、ご自身のメールアドレスのときだけです。',
  usernameAt: '@ を含まないユーザー名を選んでください。メールアドレスでもサインインできます。',
  emailTaken: 'このメールアドレスのアカウントはすでにあります。そのアカウントでサインインしてください。',
  emailProblem: 'anna@example.com のようなメールアドレスを入力してください。',
  nameProblem: '氏名は 1 行、256 文字以内で入力してください。',
  tooMany: '試行回数が多すぎます。{minutes, plural, other {# 分後}}にもう一度お試しください。',
  full: 'ただいま大勢の方がアカウントを作成しています。1 時間後にもう一度お試しください。',
  notAccepted: '受け付けられませんでした。入力内容をご確認ください。',
};
