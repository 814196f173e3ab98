import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  invitationSubject: 'Tiene una invitación de {house}',
  invitation: 'Tiene una invitación para crear una cuenta en {house}.',
  invitationTo: '{name}, tiene una invitación para crear una cuenta en {house}.',
  invitationLabel: 'Crear su cuenta',
  invitationClosing: 'El enlace sirve hasta el {date}. Si no lo esperaba, no tiene que hacer nada.',
  confirmationSubject: 'Confirme su dirección de correo',
  confirmation:
    'Alguien está creando una cuenta en {house} con esta dirección de correo. Si es usted, escriba este código en la página en la que empezó o abra el enlace.',
  confirmationLabel: 'Confirmar la dirección',
  confirmationClosing:
    'Ambos sirven durante una hora. Si no es usted, no tiene que hacer nada: no se creará ninguna cuenta.',
  existingSubject: 'Ya tiene una cuenta',
  existing:
    'Alguien quiso crear una cuenta en {house} con esta dirección de correo. Usted ya tiene una, así que no se ha creado nada. Si fue usted, inicie sesión con ella.',
  signIn: 'Iniciar sesión',
  existingClosing: 'Si no fue usted, no tiene que hacer nada.',
  approvedSubject: 'Su cuenta está lista',
  approved: 'Un administrador ha aprobado su cuenta: ya puede iniciar sesión en {house} como {username}.',
};
