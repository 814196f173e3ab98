import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  offer: '新用户？{createAccount}',
  createAccount: '创建账户',
  submit: '创建账户',
  haveAccount: '用已有账户登录',
  codeTitle: '请查看您的邮件',
  codeLead: '验证码和链接已发往 {email}。请在一小时内在此输入验证码，或打开链接。',
  code: '验证码',
  codeSubmit: '确认邮箱',
  codeWrong: '验证码不正确或已失效。请检查，或重新开始。',
  again: '重新开始',
  notThere: '可能需要几分钟，也请查看垃圾邮件。如果邮箱有误，请重新开始。',
  linkTitle: '确认您的电子邮箱',
  linkLead: '这将用邮箱 {email} 创建账户 {username}。',
  linkPassword: '您所选的密码',
  linkPasswordHint: '您打开链接的浏览器与开始时的不同。',
  passwordWrong: '这不是所选的密码。请重试，或重新开始。',
  notYou: '如果不是您本人发起，请关闭此页，账户将不会创建。',
  dead: '此链接已失效',
  deadText: '它已被使用，或已超过一小时。',
  waitingTitle: '您的账户正在等待批准',
  waiting: '新账户须经管理员查看后才能使用。准备好后您会收到邮件。',
  waitingWithoutMail: '新账户须经管理员查看后才能使用。请稍后再来登录。',
  backTo: '返回 {client}',
  signIn: '登录',
};
