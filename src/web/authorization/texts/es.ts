import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  allowTitle: '¿Permitir el acceso a {client}?',
  wantsAccount: '{client} quiere usar su cuenta.',
  allow: 'Permitir',
  cancel: 'Cancelar',
  youGoTo: 'Después irá a {host}.',
  chooseAccount: 'Elija una cuenta',
  toContinueTo: 'para continuar en {client}',
  signedInHere: 'Estas cuentas tienen la sesión iniciada en este navegador.',
  isCurrent: 'en uso',
  useAnother: 'Usar otra cuenta',
  signOutAll: 'Cerrar la sesión de todas las cuentas',
  oneMoment: 'Un momento',
  takenBack: 'Se le lleva de vuelta a {client}.',
  continue: 'Continuar',
};
