import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  password: 'Contraseña',
  passkey: 'Llave de acceso',
  code: 'Código de un solo uso',
  mail: 'Correo electrónico',
  provider: 'Otro proveedor',
};
