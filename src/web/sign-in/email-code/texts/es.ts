import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  offer: 'Enviarme un código por correo',
  askTitle: 'Iniciar sesión por correo',
  askLead: 'Recibirá un código y un enlace. No hace falta contraseña.',
  emailAddress: 'Dirección de correo',
  send: 'Enviar el código',
  otherWay: 'Otra forma',
  noAddress: 'Escriba su dirección de correo, por ejemplo anna@example.com.',
  tooManyMails:
    'Ya se pidieron varios correos: mire el más reciente. Podrá pedir otro en {minutes, plural, one {# minuto} other {# minutos}}.',
  codeTitle: 'Mire su correo',
  codeLead: 'Si hay una cuenta con {email}, se le ha enviado un código y un enlace. Sirven durante diez minutos.',
  code: 'Código',
  signIn: 'Iniciar sesión',
  again: 'Enviar otro',
  notThere: 'Puede tardar unos minutos. Mire también en el correo no deseado.',
  enterCode: 'Escriba el código del correo: ocho cifras.',
  wrongCode: 'Este código no es correcto o es demasiado antiguo. Mire el correo más reciente.',
  tooManyCodes: 'Demasiados intentos. Inténtelo de nuevo en {seconds, plural, one {# segundo} other {# segundos}}.',
  otherBrowser: 'Este enlace se pidió en otro navegador. Inicie sesión aquí solo si lo pidió usted.',
  cancel: 'Cancelar',
  linkDead: 'Este enlace ya no funciona',
  linkDeadText: 'Ya se usó o tiene más de diez minutos.',
};
