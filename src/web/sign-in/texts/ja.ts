import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  signIn: 'サインイン',
  toContinueTo: '{client} に進みます',
  usernameOrEmail: 'ユーザー名またはメールアドレス',
  password: 'パスワード',
  cancel: 'キャンセル',
  or: 'または',
  forgotten: 'パスワードをお忘れですか？',
  enterBoth: 'ユーザー名またはメールアドレスと、パスワードを入力してください。',
  wrongPassword: 'ユーザー名とパスワードが一致しません。両方を確認して、もう一度お試しください。',
  tooManyAttempts: '試行回数が多すぎます。{seconds, plural, other {# 秒後}}にもう一度お試しください。',
  tookTooLong: '10 分以上が経過しました。もう一度サインインしてください。',
  accountChanged: 'サインイン中にこのアカウントが変更されました。もう一度サインインしてください。',
};
