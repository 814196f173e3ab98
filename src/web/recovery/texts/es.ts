import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  forgotten: '¿Ha olvidado su contraseña?',
  forgottenLead: 'Le enviamos un enlace para elegir una nueva.',
  forgottenLeadWithoutMail: 'Su administrador recibe un enlace para usted, con el que podrá elegir una nueva.',
  usernameOrEmail: 'Nombre de usuario o dirección de correo',
  ask: 'Pedir el enlace',
  back: 'Volver al inicio de sesión',
  enterName: 'Escriba su nombre de usuario o su dirección de correo.',
  tooManyMails:
    'El enlace ya se pidió varias veces: busque el más reciente. Podrá pedirlo de nuevo en {minutes, plural, one {# minuto} other {# minutos}}.',
  sent: 'Mire su correo',
  sentLead: 'Si existe esa cuenta, se ha enviado un enlace a su dirección de correo. Sirve durante media hora.',
  sentText:
    'Puede tardar unos minutos. Mire también en el correo no deseado. ¿No llega nada? Pregunte a su administrador.',
  noted: 'Ahora pregunte a su administrador',
  notedLead: 'Si existe esa cuenta, su administrador encuentra un enlace para usted en la consola.',
  notedText: 'Desde aquí no se envían correos. El enlace sirve durante un día.',
  choose: 'Elija una contraseña nueva',
  chooseLead: 'Este enlace sirve una sola vez. Donde tenga la sesión iniciada, tendrá que iniciarla de nuevo.',
  username: 'Nombre de usuario',
  save: 'Guardar la contraseña',
  changed: 'Su contraseña ha cambiado',
  changedLead: 'Ya puede iniciar sesión con ella.',
  signIn: 'Iniciar sesión',
  dead: 'Este enlace ya no funciona',
  deadText: 'Ya se usó, es demasiado antiguo o hay uno más reciente.',
  askAgain: 'Pedir un enlace nuevo',
  undo: '¿Deshacer la dirección nueva?',
  undoLead: 'La cuenta {username} recupera la dirección {email}.',
  undoText: 'Se cerrarán todas sus sesiones y usted elegirá una contraseña nueva.',
  undoSubmit: 'Deshacer el cambio',
  cancel: 'Cancelar',
  cannotUndo: 'Esto ya no se puede deshacer',
  addressTaken: 'La dirección ya pertenece a otra cuenta. Pregunte a su administrador.',
};
