import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  signIn: 'Iniciar sesión',
  toContinueTo: 'para continuar en {client}',
  usernameOrEmail: 'Nombre de usuario o dirección de correo',
  password: 'Contraseña',
  cancel: 'Cancelar',
  or: 'o',
  forgotten: '¿Ha olvidado su contraseña?',
  enterBoth: 'Introduzca su nombre de usuario o dirección de correo y su contraseña.',
  wrongPassword: 'El nombre de usuario y la contraseña no coinciden. Compruébelos e inténtelo de nuevo.',
  tooManyAttempts: 'Demasiados intentos. Inténtelo de nuevo en {seconds, plural, one {# segundo} other {# segundos}}.',
  tookTooLong: 'Han pasado más de diez minutos. Inicie sesión otra vez.',
  accountChanged: 'Esta cuenta ha cambiado mientras iniciaba sesión. Inicie sesión otra vez.',
};
