import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  invitationSubject: '{house} 的邀请',
  invitation: '您受邀在 {house} 创建账户。',
  invitationTo: '{name}，您受邀在 {house} 创建账户。',
  invitationLabel: '创建账户',
  invitationClosing: '链接有效期至 {date}。如果这不是您所期待的，无需理会。',
  confirmationSubject: '确认您的电子邮箱',
  confirmation: '有人正在用此邮箱在 {house} 创建账户。如果是您本人，请在开始的页面输入此验证码，或打开链接。',
  confirmationLabel: '确认邮箱',
  confirmationClosing: '两者一小时内有效。如果不是您本人，无需理会，账户将不会创建。',
  existingSubject: '您已有账户',
  existing: '有人想用此邮箱在 {house} 创建账户。您已有账户，因此没有创建。如果是您本人，请用它登录。',
  signIn: '登录',
  existingClosing: '如果不是您本人，无需理会。',
  approvedSubject: '您的账户已就绪',
  approved: '管理员已批准您的账户：现在可以用 {username} 登录 {house}。',
};
