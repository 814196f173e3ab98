import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  offer: '用邮件发送验证码',
  askTitle: '通过电子邮件登录',
  askLead: '您将收到验证码和链接，无需密码。',
  emailAddress: '电子邮箱',
  send: '发送验证码',
  otherWay: '其他方式',
  noAddress: '请输入您的电子邮箱，例如 anna@example.com。',
  tooManyMails: '已多次索取邮件，请查看最新的一封。{minutes, plural, other {# 分钟}}后可再次索取。',
  codeTitle: '请查看您的邮件',
  codeLead: '如果存在使用 {email} 的账户，验证码和链接已发往该邮箱，有效期十分钟。',
  code: '验证码',
  signIn: '登录',
  again: '重新发送',
  notThere: '可能需要几分钟，也请查看垃圾邮件。',
  enterCode: '请输入邮件中的八位验证码。',
  wrongCode: '验证码不正确或已过期。请查看最新的邮件。',
  tooManyCodes: '尝试次数过多。请在 {seconds, plural, other {# 秒}}后重试。',
  otherBrowser: '此链接是在另一个浏览器中索取的。仅当您本人索取时才在此登录。',
  cancel: '取消',
  linkDead: '此链接已失效',
  linkDeadText: '它已被使用，或已超过十分钟。',
};
