import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  yourApplications: '您的应用',
  applications: '应用',
  nothingYet: '还没有可打开的应用',
  nothingYetText: '应用连同其主页地址注册后，会显示在这里。',
  openConsole: '打开控制台',
  running: 'Castellan 正在运行',
  noAdministrator: '它还没有管理员。',
  linkPrinted:
    '启动时它打印了一个用于创建首位管理员的链接：请在此浏览器中打开该链接。要再次打印，请在安装 Castellan 的地方运行：',
  orBinary: '或者，使用单一可执行文件时：',
  commandCheckout: '在源码目录中的命令',
  commandBinary: '使用可执行文件的命令',
};
