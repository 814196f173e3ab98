import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  title: '创建管理员账户',
  lead: '此链接只能使用一次。填写此页的人从此管理 Castellan。',
  submit: '创建管理员账户',
  linkNeeded: '需要设置链接',
  linkNeededText: 'Castellan 启动时输出了一个链接，请打开它。',
  linkDead: '此链接已失效',
  linkDeadText: '它已被使用、已过期，或已有更新的链接。',
  newLink: '要输出新链接，请在服务器上运行 {command}，或在源码目录中运行 {commandInCheckout}。',
};
