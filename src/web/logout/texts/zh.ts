import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  question: '要退出登录吗？',
  clientAsks: '{client} 询问您是否要退出登录。',
  doYouWant: '要在此处退出登录吗？',
  stay: '保持登录',
  signedOut: '您已退出登录',
  backSoon: '您马上就会回到 {client}。',
  backTo: '返回 {client}',
  signInAgain: '重新登录',
  stillHere: '仍在此浏览器中登录：',
  signOutAll: '退出所有账户',
  frame: '退出登录',
};
