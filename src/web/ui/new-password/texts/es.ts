import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  newPassword: 'Contraseña nueva',
  hint: 'Al menos {characters} caracteres. Varias palabras seguidas son fáciles de recordar y difíciles de adivinar.',
  strength: 'Lo difícil que es adivinar esta contraseña',
  veryWeak: 'Muy fácil de adivinar',
  weak: 'Fácil de adivinar',
  fair: 'Podría ser más difícil de adivinar',
  good: 'Buena',
  strong: 'Muy buena',
  passwordShort: 'Elija una contraseña de al menos {characters} caracteres.',
  passwordLong: 'Elija una contraseña de {characters} caracteres como máximo.',
  passwordCharacters: 'Esta contraseña tiene un carácter invisible, como un salto de línea. Elija una que no lo tenga.',
  passwordIsName: 'Elija una contraseña distinta de su nombre de usuario y de su dirección de correo.',
  passwordCommon: 'Esta contraseña es de las primeras que se prueban. Elija otra.',
  passwordWeak: 'Esta contraseña es fácil de adivinar. Alárguela, por ejemplo con otra palabra.',
  passwordSame: 'Esta es su contraseña actual. Elija otra.',
};
