import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  account: 'A sua conta',
  profile: 'Perfil',
  email: 'Endereço de e-mail',
  security: 'Formas de iniciar sessão',
  sessions: 'Dispositivos',
  applications: 'Aplicações',
  activity: 'Atividade',
  data: 'Os seus dados',
};
