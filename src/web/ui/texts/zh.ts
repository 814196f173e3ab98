import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  skipToContent: '跳到正文',
  language: '语言',
  changeLanguage: '更改语言',
  show: '显示',
  hide: '隐藏',
  showPassword: '显示密码',
  hidePassword: '隐藏密码',
  copy: '复制',
  copied: '已复制',
  notCopied: '未能复制',
  accountOf: '{name} 的账户',
  console: '控制台',
  playground: '试验场',
  yourApplications: '您的应用',
  yourAccount: '您的账户',
  signOut: '退出登录',
  required: '必填',
  optional: '选填',
  switchAccount: '切换账户',
};
