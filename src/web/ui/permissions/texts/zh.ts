import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  openid: '在您再次访问时识别您',
  profile: '查看您的姓名和个人资料',
  email: '查看您的电子邮箱',
  address: '查看您的邮寄地址',
  phone: '查看您的电话号码',
  groups: '查看您所属的群组',
  offline_access: '在您离开时保留此访问权限',
  useScope: '使用 {scope}',
  isNew: '新增',
  yourPicture: '您的头像',
  willBeAble: '该应用将可以：',
  onlyIfTicked: '以下内容仅在您勾选后才允许：',
  willCall: '它将以您的名义调用：',
  willNot: '该应用不会获得：',
  yourPassword: '您的密码',
  yourProfile: '您的姓名和个人资料',
  yourEmail: '您的电子邮箱',
  yourAddress: '您的邮寄地址',
  yourPhone: '您的电话号码',
  yourGroups: '您的群组',
  yourAbsence: '您离开时的访问权限',
  website: '网站',
  privacyPolicy: '隐私政策',
  termsOfService: '服务条款',
  selfDescribed: '这里没有人注册过此应用。它在 {source} 上介绍自己。请仅在您认识该地址时才允许。',
  selfDescribedTo:
    '这里没有人注册过此应用。它在 {source} 上介绍自己，您将被带到 {destination}。请仅在您两者都认识时才允许。',
};
