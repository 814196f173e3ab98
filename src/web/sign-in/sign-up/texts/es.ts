import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  offer: '¿Es su primera vez aquí? {createAccount}',
  createAccount: 'Crear una cuenta',
  submit: 'Crear la cuenta',
  haveAccount: 'Iniciar sesión con una cuenta que ya tiene',
  codeTitle: 'Mire su correo',
  codeLead: 'Se ha enviado un código y un enlace a {email}. Escriba el código aquí o abra el enlace antes de una hora.',
  code: 'Código',
  codeSubmit: 'Confirmar la dirección',
  codeWrong: 'Este código no es correcto o ya no vale. Compruébelo o empiece de nuevo.',
  again: 'Empezar de nuevo',
  notThere:
    'Puede tardar unos minutos. Mire también en el correo no deseado. Si la dirección no es correcta, empiece de nuevo.',
  linkTitle: 'Confirme su dirección de correo',
  linkLead: 'Esto crea la cuenta {username} con la dirección {email}.',
  linkPassword: 'La contraseña que eligió',
  linkPasswordHint: 'Ha abierto el enlace en otro navegador que aquel en el que empezó.',
  passwordWrong: 'No es la contraseña elegida. Inténtelo de nuevo o empiece desde el principio.',
  notYou: 'Si no empezó usted, cierre esta página: no se creará ninguna cuenta.',
  dead: 'Este enlace ya no funciona',
  deadText: 'Se ha usado o tiene más de una hora.',
  waitingTitle: 'Su cuenta espera aprobación',
  waiting:
    'Un administrador revisa las cuentas nuevas antes de que puedan usarse. Recibirá un correo cuando esté lista.',
  waitingWithoutMail:
    'Un administrador revisa las cuentas nuevas antes de que puedan usarse. Vuelva más tarde e inicie sesión.',
  backTo: 'Volver a {client}',
  signIn: 'Iniciar sesión',
};
