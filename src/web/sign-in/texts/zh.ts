import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  signIn: '登录',
  toContinueTo: '以继续使用 {client}',
  usernameOrEmail: '用户名或电子邮箱',
  password: '密码',
  cancel: '取消',
  or: '或',
  forgotten: '忘记密码？',
  enterBoth: '请输入用户名或电子邮箱以及密码。',
  wrongPassword: '用户名与密码不匹配。请检查后重试。',
  tooManyAttempts: '尝试次数过多。请在 {seconds, plural, other {# 秒}}后重试。',
  tookTooLong: '已超过十分钟。请重新登录。',
  accountChanged: '您登录期间此账户已被更改。请重新登录。',
};
