import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  connectDevice: 'Conectar un dispositivo',
  enterCode: 'Introduzca el código que muestra su dispositivo.',
  code: 'Código',
  continue: 'Continuar',
  onPhone: 'Continuar en su teléfono',
  qrCode: 'Código QR con la dirección de esta página',
  connectTitle: '¿Conectar {client}?',
  deviceWants: 'Un dispositivo con {client} quiere usar su cuenta.',
  onlyIfYours:
    'Permítalo solo si lo ha iniciado usted, en un dispositivo que tiene delante. Nadie que le llame o le escriba necesita un código así.',
  askedAt: 'Solicitado el',
  fromNetwork: 'Desde la red',
  callsItself: 'El dispositivo se llama',
  nothing: 'nada',
  allow: 'Permitir',
  cancel: 'Cancelar',
  connected: 'Su dispositivo está conectado',
  connectedLead: 'Vuelva a él; sigue solo en unos segundos.',
  notConnected: 'No se ha conectado nada',
  notConnectedLead: 'Se ha informado al dispositivo de que no lo ha permitido.',
  tooMany: 'Demasiados códigos. Inténtelo de nuevo en {seconds, plural, one {# segundo} other {# segundos}}.',
  codeInvalid: 'Este código no es válido. Compruébelo en el dispositivo; puede haber caducado allí.',
};
