import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  imprint: 'Aviso legal',
  privacy: 'Privacidad',
  help: 'Ayuda',
};
