import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  connectDevice: 'Ligar um dispositivo',
  enterCode: 'Introduza o código que o seu dispositivo mostra.',
  code: 'Código',
  continue: 'Continuar',
  onPhone: 'Continuar antes no telemóvel',
  qrCode: 'Código QR do endereço desta página',
  connectTitle: 'Ligar {client}?',
  deviceWants: 'Um dispositivo com {client} gostaria de usar a sua conta.',
  onlyIfYours:
    'Permita apenas se foi você que começou, num dispositivo à sua frente. Ninguém que lhe telefone ou escreva precisa de um código destes.',
  askedAt: 'Pedido em',
  fromNetwork: 'Da rede',
  callsItself: 'O dispositivo chama-se',
  nothing: 'nada',
  allow: 'Permitir',
  cancel: 'Cancelar',
  connected: 'O seu dispositivo está ligado',
  connectedLead: 'Volte a ele; continua sozinho dentro de alguns segundos.',
  notConnected: 'Nada foi ligado',
  notConnectedLead: 'O dispositivo foi informado de que não permitiu.',
  tooMany: 'Demasiados códigos. Tente de novo dentro de {seconds, plural, one {# segundo} other {# segundos}}.',
  codeInvalid: 'Este código não é válido. Verifique-o no dispositivo; pode ter expirado.',
};
