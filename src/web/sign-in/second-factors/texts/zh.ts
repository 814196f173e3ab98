import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  oneMoreStep: '还有一步',
  authenticatorLead: '请输入身份验证器应用为此账户显示的验证码。',
  authenticatorCode: '六位验证码',
  useAuthenticator: '使用身份验证器应用',
  recoveryLead: '请输入您保存的一个恢复代码。每个代码只能使用一次。',
  recoveryCode: '恢复代码',
  usePasskey: '使用您的通行密钥',
  useRecoveryCode: '使用恢复代码',
  confirm: '继续',
  cancel: '取消',
  trustDevice: '信任此设备 30 天',
  trustDeviceHint: '下次在这里只需输入密码。仅限没有其他人使用的设备。',
  enterCode: '请输入验证码。',
  wrongAuthenticatorCode: '验证码不正确。请等待下一个验证码并输入；您手机的时间必须准确。',
  wrongRecoveryCode: '这不是您尚未使用的恢复代码。请检查后重试。',
  tooManyCodes: '错误次数过多。请在 {minutes, plural, other {# 分钟}}后重试。',
  strongerSignIn: '需要更安全的登录方式',
  strongerWith: '{client} 要求在密码之外再进行一步验证，而您尚未设置符合要求的方式。',
  strongerKey: '它要求使用通行密钥。',
  setUpNow: '立即设置',
  backAndCancel: '返回 {client}',
  lostEverything: '手机和代码都丢失了？请让管理员移除您的第二步验证。',
};
