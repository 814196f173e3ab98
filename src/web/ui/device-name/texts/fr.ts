import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  browserOnSystem: '{browser} sur {system}',
  unknown: 'Appareil inconnu',
};
