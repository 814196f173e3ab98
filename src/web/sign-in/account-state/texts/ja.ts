import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  disabledHeading: 'このアカウントは停止されています',
  disabled:
    'ご本人であることは確認できましたが、管理者がアカウントを停止しています。間違いと思われる場合は管理者にお問い合わせください。',
  expiredHeading: 'このアカウントは有効期限が切れています',
  expired: 'ご本人であることは確認できましたが、利用期間が終了しています。延長については管理者にご相談ください。',
  awaitsApprovalHeading: 'アカウントは承認待ちです',
  awaitsApproval:
    '新しいアカウントは、使えるようになる前に管理者が確認します。後でもう一度お試しください。パスワードはそのままです。',
  anotherAccount: '別のアカウントでサインイン',
  newPassword: '新しいパスワードを選んでください',
  newPasswordLead:
    '現在のパスワードはほかの人が設定したものなので、今回限り有効です。これからはあなただけが知るパスワードになります。',
  username: 'ユーザー名',
  save: '保存して続ける',
  backTo: '{client} に戻る',
};
