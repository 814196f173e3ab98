import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  offer: 'コードをメールで受け取る',
  askTitle: 'メールでサインイン',
  askLead: 'コードとリンクが届きます。パスワードは不要です。',
  emailAddress: 'メールアドレス',
  send: 'コードを送る',
  otherWay: '別の方法',
  noAddress: 'anna@example.com のようなメールアドレスを入力してください。',
  tooManyMails:
    'すでに何通かメールをお送りしています。いちばん新しいメールをご覧ください。{minutes, plural, other {# 分後}}にもう一度送れます。',
  codeTitle: 'メールをご覧ください',
  codeLead: '{email} のアカウントがあれば、コードとリンクをお送りしました。10 分間有効です。',
  code: 'コード',
  signIn: 'サインイン',
  again: 'もう一度送る',
  notThere: '数分かかることがあります。迷惑メールもご確認ください。',
  enterCode: 'メールにある 8 桁のコードを入力してください。',
  wrongCode: 'コードが正しくないか、古くなっています。いちばん新しいメールをご覧ください。',
  tooManyCodes: '試行回数が多すぎます。{seconds, plural, other {# 秒後}}にもう一度お試しください。',
  otherBrowser: 'このリンクは別のブラウザーで請求されました。ご自身で請求した場合だけ、ここでサインインしてください。',
  cancel: 'キャンセル',
  linkDead: 'このリンクは使えなくなりました',
  linkDeadText: 'すでに使われたか、10 分以上たっています。',
};
