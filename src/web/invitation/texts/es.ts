import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  title: 'Tiene una invitación',
  lead: 'Cree su cuenta en {house}. Usted elige una contraseña que nadie más conoce.',
  signedIn: 'En este navegador tiene la sesión iniciada como {name}. Esto crea otra cuenta.',
  submit: 'Crear la cuenta',
  dead: 'Esta invitación ya no sirve',
  deadText: 'Se ha usado o retirado, o ha pasado su plazo.',
  deadWay: 'Pida una nueva a quien le invitó. Si ya tiene una cuenta: {signIn}.',
  signIn: 'iniciar sesión',
};
