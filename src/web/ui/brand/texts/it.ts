import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  imprint: 'Note legali',
  privacy: 'Privacy',
  help: 'Aiuto',
};
