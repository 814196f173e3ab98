import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  title: '您收到了邀请',
  lead: '在 {house} 创建您的账户，并选择一个只有您知道的密码。',
  signedIn: '您在此浏览器中以 {name} 登录。这里将创建另一个账户。',
  submit: '创建账户',
  dead: '此邀请已失效',
  deadText: '它已被使用或撤回，或已过期。',
  deadWay: '请向邀请您的人索取新的邀请。如果您已有账户，请{signIn}。',
  signIn: '登录',
};
