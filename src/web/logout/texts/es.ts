import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  question: '¿Cerrar la sesión?',
  clientAsks: '{client} pregunta si quiere cerrar la sesión.',
  doYouWant: '¿Quiere cerrar la sesión aquí?',
  stay: 'Mantener la sesión',
  signedOut: 'Ha cerrado la sesión',
  backSoon: 'En un momento estará de vuelta en {client}.',
  backTo: 'Volver a {client}',
  signInAgain: 'Iniciar sesión de nuevo',
  stillHere: 'Siguen con la sesión iniciada en este navegador:',
  signOutAll: 'Cerrar la sesión de todas las cuentas',
  frame: 'Cierre de sesión',
};
