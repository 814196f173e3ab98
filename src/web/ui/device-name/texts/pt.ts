import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  browserOnSystem: '{browser} em {system}',
  unknown: 'Dispositivo desconhecido',
};
