import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  connectDevice: '连接设备',
  enterCode: '请输入您的设备所显示的代码。',
  code: '代码',
  continue: '继续',
  onPhone: '改用手机继续',
  qrCode: '此页面地址的二维码',
  connectTitle: '要连接 {client} 吗？',
  deviceWants: '一台运行 {client} 的设备想要使用您的账户。',
  onlyIfYours: '仅当是您自己在面前的设备上发起时才允许。给您打电话或写信的人都不需要这样的代码。',
  askedAt: '请求时间',
  fromNetwork: '来自网络',
  callsItself: '设备自称',
  nothing: '无',
  allow: '允许',
  cancel: '取消',
  connected: '您的设备已连接',
  connectedLead: '请回到设备；几秒钟后它会自动继续。',
  notConnected: '没有连接任何设备',
  notConnectedLead: '已告知设备您没有允许。',
  tooMany: '尝试的代码过多。请在 {seconds, plural, other {# 秒}}后重试。',
  codeInvalid: '此代码无效。请在设备上核对；它可能已过期。',
};
