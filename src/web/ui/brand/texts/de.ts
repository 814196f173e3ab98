import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  imprint: 'Impressum',
  privacy: 'Datenschutz',
  help: 'Hilfe',
};
