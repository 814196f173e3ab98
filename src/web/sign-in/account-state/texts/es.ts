import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  disabledHeading: 'Esta cuenta está desactivada',
  disabled: 'Ha demostrado que es suya, pero un administrador la ha desactivado. Pregúntele si cree que es un error.',
  expiredHeading: 'Esta cuenta ha caducado',
  expired: 'Ha demostrado que es suya, pero su plazo ha terminado. Pida más tiempo a su administrador.',
  awaitsApprovalHeading: 'Su cuenta espera aprobación',
  awaitsApproval:
    'Un administrador revisa las cuentas nuevas antes de que se puedan usar. Vuelva más tarde: su contraseña sigue siendo la misma.',
  anotherAccount: 'Iniciar sesión con otra cuenta',
  newPassword: 'Elija una contraseña nueva',
  newPasswordLead:
    'Otra persona estableció la actual por usted, así que solo sirve esta vez. A partir de ahora solo usted la conocerá.',
  username: 'Nombre de usuario',
  save: 'Guardar y continuar',
  backTo: 'Volver a {client}',
};
