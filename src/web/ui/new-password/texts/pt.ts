import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  newPassword: 'Nova palavra-passe',
  hint: 'Pelo menos {characters} caracteres. Algumas palavras seguidas são fáceis de memorizar e difíceis de adivinhar.',
  strength: 'Dificuldade em adivinhar esta palavra-passe',
  veryWeak: 'Muito fácil de adivinhar',
  weak: 'Fácil de adivinhar',
  fair: 'Podia ser mais difícil de adivinhar',
  good: 'Boa',
  strong: 'Muito boa',
  passwordShort: 'Escolha uma palavra-passe com pelo menos {characters} caracteres.',
  passwordLong: 'Escolha uma palavra-passe com, no máximo, {characters} caracteres.',
  passwordCharacters:
    'Esta palavra-passe tem um carácter invisível, como uma quebra de linha. Escolha uma que não o tenha.',
  passwordIsName: 'Escolha uma palavra-passe diferente do nome de utilizador e do endereço de e-mail.',
  passwordCommon: 'Esta palavra-passe é das primeiras que se experimentam. Escolha outra.',
  passwordWeak: 'Esta palavra-passe é fácil de adivinhar. Torne-a mais longa, por exemplo com mais uma palavra.',
  passwordSame: 'Esta é a sua palavra-passe atual. Escolha outra.',
};
