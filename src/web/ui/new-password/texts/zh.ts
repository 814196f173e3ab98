import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  newPassword: '新密码',
  hint: '至少 {characters} 个字符。连续几个词语容易记住，又不易被猜中。',
  strength: '此密码被猜中的难度',
  veryWeak: '非常容易猜中',
  weak: '容易猜中',
  fair: '可以更难猜一些',
  good: '良好',
  strong: '很好',
  passwordShort: '请选择至少 {characters} 个字符的密码。',
  passwordLong: '请选择不超过 {characters} 个字符的密码。',
  passwordCharacters: '此密码含有看不见的字符，例如换行符。请选择不含此类字符的密码。',
  passwordIsName: '请选择与用户名和电子邮箱不同的密码。',
  passwordCommon: '此密码属于最先被尝试的密码。请另选一个。',
  passwordWeak: '此密码容易被猜中。请加长，例如再加一个词语。',
  passwordSame: '这就是您现在的密码。请另选一个。',
};
