import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  yourApplications: '您的应用',
  applications: '应用',
  nothingYet: '还没有可打开的应用',
  nothingYetText: '应用连同其主页地址注册后，会显示在这里。',
  openConsole: '打开控制台',
};
