import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  lead: 'アクセスを許可したアプリケーションと、それぞれが読み取れる内容です。いつでも取り消せます。',
  nothing: 'まだアプリケーションがありません',
  nothingText: 'このアカウントでアプリケーションにサインインすると、ここに表示されます。',
  since: '許可日時',
  byAdministrator: '管理者による許可（確認なし）',
  lastGiven: '最後に渡した日時',
  longAgo: '半年以上前',
  whileAway: '不在時',
  yes: 'アクセスを保持',
  until: '{time} まで',
  services: '代理で呼び出せるサービス',
  can: 'アプリケーションができること',
  withdrawEllipsis: 'アクセスを取り消す…',
  withdraw: 'アクセスを取り消す',
  cancel: 'キャンセル',
  question: '{client} のアクセスを取り消しますか？',
  losesAccess: '{client} はただちにアカウントから何も読み取れなくなります。',
  isTold: 'サインアウトしたことがアプリケーションに通知されます。',
  isNotTold:
    'アプリケーションには通知できません。そちらでサインインしている場合は、そちらでもサインアウトしてください。',
  keepsWhatItRead:
    'すでに読み取られた内容は残ります。削除をご希望の場合は、アプリケーションの運営者にお問い合わせください。',
  otherServices:
    'ほかのサービスは、遅くとも {until} まで、アプリケーションがすでに受け取った権限を受け入れる場合があります。',
  asksAgain: '再びサインインすると、もう一度確認されます。',
  comesBack: '再び開くと、またアクセスできるようになります。管理者が確認なしで許可しています。',
  withdrawn: '{client} はアカウントにアクセスできなくなりました。',
  notFound: '連携していません',
  notFoundText: 'このアプリケーションはアカウントにアクセスできません。',
  back: '連携アプリ',
};
