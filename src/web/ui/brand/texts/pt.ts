import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  imprint: 'Informações legais',
  privacy: 'Privacidade',
  help: 'Ajuda',
};
