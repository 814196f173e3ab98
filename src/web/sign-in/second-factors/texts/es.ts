import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  oneMoreStep: 'Un paso más',
  authenticatorLead: 'Introduzca el código que muestra su aplicación de autenticación para esta cuenta.',
  authenticatorCode: 'Código de seis cifras',
  useAuthenticator: 'Usar su aplicación de autenticación',
  recoveryLead: 'Introduzca uno de los códigos de recuperación que guardó. Cada uno sirve una vez.',
  recoveryCode: 'Código de recuperación',
  usePasskey: 'Usar su llave de acceso',
  useRecoveryCode: 'Usar un código de recuperación',
  confirm: 'Continuar',
  cancel: 'Cancelar',
  trustDevice: 'Confiar en este dispositivo durante 30 días',
  trustDeviceHint: 'La próxima vez bastará aquí con su contraseña. Solo para un dispositivo que no use nadie más.',
  enterCode: 'Introduzca el código.',
  wrongAuthenticatorCode:
    'Este código no es correcto. Espere al siguiente e introdúzcalo; el reloj de su teléfono debe estar en hora.',
  wrongRecoveryCode: 'No es ninguno de sus códigos de recuperación sin usar. Compruébelo e inténtelo de nuevo.',
  tooManyCodes:
    'Demasiados códigos incorrectos. Inténtelo de nuevo en {minutes, plural, one {# minuto} other {# minutos}}.',
  strongerSignIn: 'Se necesita un inicio de sesión más seguro',
  strongerWith: '{client} pide un segundo paso además de su contraseña, y usted no ha configurado ninguno que sirva.',
  strongerKey: 'Pide una llave de acceso.',
  setUpNow: 'Configurar ahora',
  backAndCancel: 'Volver a {client}',
  lostEverything: '¿Ha perdido el teléfono y los códigos? Pida a su administrador que elimine su segundo paso.',
};
