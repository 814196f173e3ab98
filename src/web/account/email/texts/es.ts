import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  lead: 'Aquí llegan los correos sobre su cuenta: enlaces, códigos y avisos de lo que ocurre con ella.',
  present: 'Su dirección',
  none: 'Todavía no hay ninguna.',
  verified: 'Confirmada',
  unverified: 'Sin confirmar',
  verify: 'Enviar un correo para confirmarla',
  add: 'Añadir una dirección',
  change: 'Cambiar la dirección',
  changeLead: 'Se envía un correo a la dirección nueva. Solo cuando la confirme será la de su cuenta.',
  newAddress: 'Dirección nueva',
  send: 'Enviar el correo',
  confirm: 'Confirmar la dirección',
  confirmLead: 'Se ha enviado un correo a {email}. Abra su enlace o escriba su código.',
  confirmLeadWithoutMail: 'Desde aquí no se envían correos. Pida a su administrador el código para {email}.',
  code: 'Código',
  sent: 'El correo está en camino.',
  noted: 'Ahora pida el código a su administrador.',
  confirmed: 'Su dirección está confirmada.',
  confirmForAccount: 'Su cuenta {username} recibe la dirección {email}.',
  cancel: 'Cancelar',
  back: 'Volver a su dirección',
  noAddress: 'Escriba una dirección de correo como anna@example.com.',
  tooManyMails:
    'Ya se pidieron varios correos: mire el más reciente. Podrá pedir otro en {minutes, plural, one {# minuto} other {# minutos}}.',
  wrongCode: 'Este código no es correcto o es demasiado antiguo. Mire el correo más reciente.',
  tooManyCodes: 'Demasiados intentos. Inténtelo de nuevo en {seconds, plural, one {# segundo} other {# segundos}}.',
  taken: 'Otra cuenta tiene esta dirección. Indique otra o pregunte a su administrador.',
  linkDead: 'Este enlace ya no funciona',
  linkDeadText: 'Ya se usó, tiene más de un día o es de otra cuenta distinta de la que tiene abierta.',
};
