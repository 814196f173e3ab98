import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  imprint: 'Mentions légales',
  privacy: 'Confidentialité',
  help: 'Aide',
};
