import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  browserOnSystem: '{browser}, {system}',
  unknown: 'Nieznane urządzenie',
};
