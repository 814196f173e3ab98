import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  signInSubject: '{house} へのサインイン',
  signInText:
    '{house} へのサインインが求められました。お心当たりがあれば、コードを求めたページにこのコードを入力するか、リンクを開いてください。',
  signInLabel: 'サインイン',
  signInClosing:
    'コードとリンクは {minutes, plural, other {# 分間}}、一度だけ使えます。私たちを名乗る人を含め、コードを誰にも教えないでください。お心当たりがなければ、何もする必要はありません。',
  resetSubject: '新しいパスワードの設定',
  resetText: '{house} のアカウント {username} について、新しいパスワードの設定が求められました。',
  resetClosing:
    'リンクは {minutes, plural, other {# 分間}}、一度だけ使えます。お心当たりがなければ、何もする必要はありません。パスワードはそのままです。',
  confirmSubject: 'メールアドレスの確認',
  confirmText:
    '{house} のアカウントにこのメールアドレスが登録されようとしています。お心当たりがあれば、登録のページにこのコードを入力するか、リンクを開いてください。',
  confirmLabel: 'アドレスを確認',
  confirmClosing:
    'コードとリンクは {hours, plural, other {# 時間}}、一度だけ使えます。お心当たりがなければ、何もする必要はありません。',
  takenSubject: '別のアカウントにあなたのアドレスが入力されました',
  takenText:
    '{house} の別のアカウントにこのアドレスが入力されましたが、すでにあなたのアカウントのものです。何も変わっていません。ご本人であれば、このアドレスでサインインしてください。',
  emailChangedSubject: 'メールアドレスが変更されました',
  emailChangedText: '{house} のアカウント {username} のメールアドレスが {email} に変更されました。',
  undoLabel: '変更を取り消す',
  undoClosing:
    'ご本人による変更であれば、何もする必要はありません。そうでなければ {days, plural, other {# 日}}以内に取り消してください。このアドレスに戻り、あなたのアカウントにサインイン中の人は全員サインアウトされます。',
  newDeviceSubject: 'アカウントへの新しいサインイン',
  newDeviceText: '{house} のアカウント {username} に、これまで使われていないブラウザーからサインインがありました。',
  newDeviceDetails: '日時：{time}\nブラウザー：{device}\nネットワークアドレス：{address}',
  passwordChangedSubject: 'パスワードが変更されました',
  passwordChangedText: '{house} のアカウント {username} のパスワードが変更されました。',
  passkeyAddedSubject: 'パスキーが追加されました',
  passkeyAddedText: 'パスキー「{name}」で {house} のアカウント {username} にサインインできるようになりました。',
  passkeyRemovedSubject: 'パスキーが削除されました',
  passkeyRemovedText: 'パスキー「{name}」では {house} のアカウント {username} にサインインできなくなりました。',
  secondFactorAddedSubject: '2 段階目の確認が設定されました',
  secondFactorAddedText:
    '{house} のアカウント {username} へのサインインには、2 段階目の確認（{name}）が必要になりました。',
  secondFactorRemovedSubject: '2 段階目の確認が削除されました',
  secondFactorRemovedText:
    '{house} のアカウント {username} へのサインインで、2 段階目の確認（{name}）は求められなくなりました。',
  recoveryCodeUsedSubject: 'リカバリーコードが使われました',
  recoveryCodeUsedText: '{house} のアカウント {username} にリカバリーコードでサインインがありました。',
  providerLinkedSubject: '別のアカウントが連携されました',
  providerLinkedText: '{name} を使って {house} のアカウント {username} にサインインできるようになりました。',
  providerUnlinkedSubject: '別のアカウントとの連携が解除されました',
  providerUnlinkedText: '{name} を使って {house} のアカウント {username} にサインインすることはできなくなりました。',
  passkeyRefusedSubject: 'パスキーが拒否されました',
  passkeyRefusedText:
    '何者かがパスキー「{name}」で {house} のアカウント {username} にサインインしようとしました。複製されたおそれがあるため、拒否されました。',
  passkeyRefusedClosing:
    'ご本人の操作であっても、このパスキーをアカウントから削除し、新しいものを追加してください。心当たりがない場合は、管理者にお知らせください。',
  secondFactorsRemovedSubject: '2 段階目の確認がすべて削除されました',
  secondFactorsRemovedText:
    '管理者が {house} のアカウント {username} の 2 段階目の確認をすべて削除しました（認証アプリ、パスキー、リカバリーコード、信頼できるデバイス）。すべての場所でサインアウトされました。',
  secondFactorsRemovedClosing:
    'ご自身で依頼された場合は、サインインして 2 段階目の確認を設定し直してください。心当たりがない場合は、管理者にお知らせください。',
  accountLabel: 'アカウントを見る',
  noticeClosing:
    'ご本人であれば、何もする必要はありません。そうでなければ、サインインページの「パスワードをお忘れですか？」から新しいパスワードを設定してください。全員がサインアウトされます。管理者にもお知らせください。',
};
