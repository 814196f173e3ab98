import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  none: '您没有从这里打开任何应用。',
  allTold: '您用过的应用已收到通知。',
  someMayKnow: '您用过的应用可能仍保持登录状态，直到您在那里也退出。',
  told: '已通知。',
  beingTold: '正在通知，但尚未得到答复。',
  outOfReach: '无法通知：请在那里也退出登录。',
  neverTold: '您在此退出时不会通知它：请在那里也退出登录。',
  keepsAccess: '它会保留您允许其在您离开时使用的访问权限，直到 {until}。',
  accessEnds: '它从这里获得的内容最迟于 {until} 失效。',
};
