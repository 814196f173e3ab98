import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  account: 'Su cuenta',
  profile: 'Perfil',
  email: 'Dirección de correo',
  security: 'Formas de iniciar sesión',
  sessions: 'Dispositivos',
  applications: 'Aplicaciones',
  activity: 'Actividad',
  data: 'Sus datos',
};
