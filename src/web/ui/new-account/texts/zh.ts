import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  username: '用户名',
  email: '电子邮箱',
  name: '姓名',
  usernameTaken: '该用户名已被使用，请换一个。',
  usernameProblem: '用户名最多 64 个字母、数字和符号，不能有空格。只有当它就是您的电子邮箱时才能包含 @。',
  usernameAt: '请选择不含 @ 的用户名。您也可以用电子邮箱登录。',
  emailTaken: '已有使用该电子邮箱的账户，请用它登录。',
  emailProblem: '请输入电子邮箱，例如 anna@example.com。',
  nameProblem: '姓名最多 256 个字符，且只能一行。',
  tooMany: '尝试次数过多。请在 {minutes, plural, other {# 分钟}}后重试。',
  full: '目前正在创建账户的人非常多，请一小时后再试。',
  notAccepted: '无法接受。请检查您输入的内容。',
};
