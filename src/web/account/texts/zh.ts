import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  account: '您的账户',
  profile: '个人资料',
  email: '电子邮箱',
  security: '登录方式',
  sessions: '设备',
  applications: '应用',
  activity: '活动记录',
  data: '您的数据',
};
