import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  imprint: 'Nota prawna',
  privacy: 'Prywatność',
  help: 'Pomoc',
};
