import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  disabledHeading: '此账户已停用',
  disabled: '您已证明这是您的账户，但管理员已将其停用。如果您认为有误，请联系管理员。',
  expiredHeading: '此账户已过期',
  expired: '您已证明这是您的账户，但其有效期已结束。请向管理员申请延期。',
  awaitsApprovalHeading: '您的账户正在等待批准',
  awaitsApproval: '管理员会先审核新账户，之后才能使用。请稍后再来：您的密码保持不变。',
  anotherAccount: '使用其他账户登录',
  newPassword: '请设置新密码',
  newPasswordLead: '当前密码由他人为您设置，因此只能使用这一次。从现在起，只有您自己知道密码。',
  username: '用户名',
  save: '保存并继续',
  backTo: '返回 {client}',
};
