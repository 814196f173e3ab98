import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  imprint: 'Colofon',
  privacy: 'Privacy',
  help: 'Hulp',
};
