import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  providers: '他のサービスのアカウント',
  providersLead: 'ここへのサインインに使える、他のプロバイダーのアカウントです。',
  provider: 'プロバイダー',
  account: 'アカウント',
  connectedSince: '連携日',
  lastUsedAt: '最終使用',
  never: 'なし',
  switchedOff: '無効',
  actions: '操作',
  disconnect: '連携を解除',
  connectWith: '{provider} と連携',
  disconnected: 'アカウントの連携を解除しました。',
  lastWayIn:
    'これはあなたのアカウントにサインインする唯一の方法です。先にパスワードを設定するか、パスキーを追加してください。',
};
