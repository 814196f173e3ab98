import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  oneMoreStep: 'もう一段階の確認',
  authenticatorLead: '認証アプリに表示されている、このアカウントのコードを入力してください。',
  authenticatorCode: '6 桁のコード',
  useAuthenticator: '認証アプリを使う',
  recoveryLead: '保管しておいたリカバリーコードを 1 つ入力してください。各コードは一度だけ使えます。',
  recoveryCode: 'リカバリーコード',
  usePasskey: 'パスキーを使う',
  useRecoveryCode: 'リカバリーコードを使う',
  confirm: '続ける',
  cancel: 'キャンセル',
  trustDevice: 'このデバイスを 30 日間信頼する',
  trustDeviceHint:
    '次回からここではパスワードだけでサインインできます。ほかの人が使わないデバイスでのみ選んでください。',
  enterCode: 'コードを入力してください。',
  wrongAuthenticatorCode:
    'コードが一致しません。次のコードが表示されたら入力してください。スマートフォンの時計が合っている必要があります。',
  wrongRecoveryCode: '未使用のリカバリーコードと一致しません。確認してもう一度お試しください。',
  tooManyCodes: 'コードの間違いが続いています。{minutes, plural, other {# 分後}}にもう一度お試しください。',
  strongerSignIn: 'より強力なサインインが必要です',
  strongerWith: '{client} はパスワードに加えて 2 段階目の確認を求めていますが、条件を満たすものが設定されていません。',
  strongerKey: 'パスキーが求められています。',
  setUpNow: '今すぐ設定する',
  backAndCancel: '{client} に戻る',
  lostEverything: 'スマートフォンもコードも失くした場合は、2 段階目の確認を削除するよう管理者に依頼してください。',
};
