import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  invitationSubject: '{house} への招待',
  invitation: '{house} のアカウントの作成に招待されています。',
  invitationTo: '{name} 様、{house} のアカウントの作成に招待されています。',
  invitationLabel: 'アカウントを作成',
  invitationClosing: 'リンクは {date} まで使えます。お心当たりがない場合は、何もする必要はありません。',
  confirmationSubject: 'メールアドレスの確認',
  confirmation:
    'このメールアドレスで {house} のアカウントが作成されようとしています。ご本人の場合は、始めたページでこのコードを入力するか、リンクを開いてください。',
  confirmationLabel: 'アドレスを確認',
  confirmationClosing:
    'どちらも 1 時間有効です。お心当たりがない場合は、何もする必要はありません。アカウントは作成されません。',
  existingSubject: 'すでにアカウントをお持ちです',
  existing:
    'このメールアドレスで {house} のアカウントが作成されようとしました。すでにアカウントをお持ちのため、何も作成していません。ご本人の場合は、そのアカウントでサインインしてください。',
  signIn: 'サインイン',
  existingClosing: 'お心当たりがない場合は、何もする必要はありません。',
  approvedSubject: 'アカウントの準備ができました',
  approved: '管理者がアカウントを承認しました。{house} に {username} としてサインインできます。',
};
