import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  connectDevice: 'デバイスを接続',
  enterCode: 'デバイスに表示されているコードを入力してください。',
  code: 'コード',
  continue: '続ける',
  onPhone: '代わりにスマートフォンで続ける',
  qrCode: 'このページのアドレスの QR コード',
  connectTitle: '{client} を接続しますか？',
  deviceWants: '{client} が動いているデバイスが、あなたのアカウントの使用を求めています。',
  onlyIfYours:
    '目の前にあるデバイスで自分で始めた場合だけ許可してください。電話やメッセージでこのようなコードを必要とする人はいません。',
  askedAt: '要求の日時',
  fromNetwork: 'ネットワーク',
  callsItself: 'デバイスの自称',
  nothing: 'なし',
  allow: '許可',
  cancel: 'キャンセル',
  connected: 'デバイスが接続されました',
  connectedLead: 'デバイスに戻ってください。数秒で自動的に進みます。',
  notConnected: '何も接続されていません',
  notConnectedLead: '許可されなかったことがデバイスに伝えられました。',
  tooMany: 'コードの入力が多すぎます。{seconds, plural, other {# 秒後}}にもう一度お試しください。',
  codeInvalid: 'このコードは無効です。デバイスで確認してください。有効期限が切れているかもしれません。',
};
