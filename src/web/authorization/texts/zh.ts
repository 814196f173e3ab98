import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  allowTitle: '允许 {client} 访问吗？',
  wantsAccount: '{client} 想要使用您的账户。',
  allow: '允许',
  cancel: '取消',
  youGoTo: '之后您将前往 {host}。',
  chooseAccount: '选择账户',
  toContinueTo: '以继续使用 {client}',
  signedInHere: '以下账户已在此浏览器中登录。',
  isCurrent: '使用中',
  useAnother: '使用其他账户',
  signOutAll: '退出所有账户',
  oneMoment: '请稍候',
  takenBack: '正在带您返回 {client}。',
  continue: '继续',
};
