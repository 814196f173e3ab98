import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  providers: '其他地方的账户',
  providersLead: '您可以用来登录这里的其他提供商的账户。',
  provider: '提供商',
  account: '账户',
  connectedSince: '关联时间',
  lastUsedAt: '上次使用',
  never: '从未',
  switchedOff: '已停用',
  actions: '操作',
  disconnect: '解除关联',
  connectWith: '与 {provider} 关联',
  disconnected: '账户已解除关联。',
  lastWayIn: '这是登录您账户的唯一方式。请先设置密码或添加通行密钥。',
};
