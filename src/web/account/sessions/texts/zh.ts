import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  lead: '您已登录的位置。如果有不认识的，请将其退出并更改密码。',
  thisBrowser: '此浏览器',
  elsewhere: '其他浏览器',
  elsewhereLead: '设备名称由其浏览器自行提供。',
  device: '设备',
  here: '此浏览器',
  signedIn: '登录时间',
  lastUsed: '上次使用',
  address: '地址',
  applications: '应用',
  noApplications: '无',
  signOut: '退出登录',
  several: '批量操作',
  severalLead: '退出登录也会终止应用由此获得的访问权限。',
  endOthers: '退出所有其他浏览器',
  endAll: '全部退出，包括此处',
  ended: '{count, plural, =0 {没有其他已登录的浏览器。} other {已退出 # 个浏览器。}}',
  notFound: '已退出',
  notFoundText: '此浏览器已不再登录。',
  back: '您已登录的位置',
};
