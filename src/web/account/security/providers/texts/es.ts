import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  providers: 'Cuentas en otros sitios',
  providersLead: 'Cuentas de otros proveedores con las que puede iniciar sesión aquí.',
  provider: 'Proveedor',
  account: 'Cuenta',
  connectedSince: 'Vinculada',
  lastUsedAt: 'Último uso',
  never: 'Nunca',
  switchedOff: 'desactivado',
  actions: 'Acciones',
  disconnect: 'Desvincular',
  connectWith: 'Vincular con {provider}',
  disconnected: 'La cuenta está desvinculada.',
  lastWayIn:
    'Es la única forma de iniciar sesión en su cuenta. Establezca antes una contraseña o añada una llave de acceso.',
};
