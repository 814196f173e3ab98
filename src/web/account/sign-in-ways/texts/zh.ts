import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  password: '密码',
  passkey: '通行密钥',
  code: '一次性验证码',
  mail: '电子邮件',
  provider: '其他提供商',
};
