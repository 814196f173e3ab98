import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  newPassword: '新しいパスワード',
  hint: '{characters} 文字以上で設定してください。いくつかの単語を並べると、覚えやすく推測されにくくなります。',
  strength: 'パスワードの推測されにくさ',
  veryWeak: '非常に推測されやすい',
  weak: '推測されやすい',
  fair: 'もう少し推測されにくくできます',
  good: '良い',
  strong: 'とても良い',
  passwordShort: '{characters} 文字以上のパスワードを選んでください。',
  passwordLong: '{characters} 文字以内のパスワードを選んでください。',
  passwordCharacters: 'このパスワードには改行などの目に見えない文字が含まれています。含まないものを選んでください。',
  passwordIsName: 'ユーザー名やメールアドレスとは異なるパスワードを選んでください。',
  passwordCommon: 'このパスワードは真っ先に試されるものの 1 つです。別のものを選んでください。',
  passwordWeak: 'このパスワードは推測されやすいものです。単語を追加するなどして長くしてください。',
  passwordSame: '現在のパスワードと同じです。別のものを選んでください。',
};
