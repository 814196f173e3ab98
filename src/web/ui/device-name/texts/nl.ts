import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  browserOnSystem: '{browser} op {system}',
  unknown: 'Onbekend apparaat',
};
