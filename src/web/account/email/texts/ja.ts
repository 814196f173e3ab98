import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  lead: 'アカウントに関するメール（リンク、コード、お知らせ）の送り先です。',
  present: '現在のアドレス',
  none: 'まだありません。',
  verified: '確認済み',
  unverified: '未確認',
  verify: '確認のメールを送る',
  add: 'アドレスを追加',
  change: 'アドレスを変更',
  changeLead: '新しいアドレスにメールをお送りします。確認が済むと、アカウントのアドレスになります。',
  newAddress: '新しいアドレス',
  send: 'メールを送る',
  confirm: 'アドレスを確認',
  confirmLead: '{email} にメールをお送りしました。リンクを開くか、コードを入力してください。',
  confirmLeadWithoutMail: 'ここからメールは送られません。{email} のコードを管理者にお尋ねください。',
  code: 'コード',
  sent: 'メールをお送りしました。',
  noted: '管理者にコードをお尋ねください。',
  confirmed: 'アドレスを確認しました。',
  confirmForAccount: 'アカウント {username} のアドレスが {email} になります。',
  cancel: 'キャンセル',
  back: 'アドレスに戻る',
  noAddress: 'anna@example.com のようなメールアドレスを入力してください。',
  tooManyMails:
    'すでに何通かメールをお送りしています。いちばん新しいメールをご覧ください。{minutes, plural, other {# 分後}}にもう一度送れます。',
  wrongCode: 'コードが正しくないか、古くなっています。いちばん新しいメールをご覧ください。',
  tooManyCodes: '試行回数が多すぎます。{seconds, plural, other {# 秒後}}にもう一度お試しください。',
  taken: 'このアドレスは別のアカウントのものです。別のアドレスを入力するか、管理者にお問い合わせください。',
  linkDead: 'このリンクは使えなくなりました',
  linkDeadText: 'すでに使われたか、1 日以上たっているか、サインイン中とは別のアカウントのものです。',
};
