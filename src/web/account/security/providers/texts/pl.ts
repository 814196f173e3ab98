import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  providers: 'Konta u innych dostawców',
  providersLead: 'Konta u innych dostawców, przez które możesz się tutaj logować.',
  provider: 'Dostawca',
  account: 'Konto',
  connectedSince: 'Połączono',
  lastUsedAt: 'Ostatnie użycie',
  never: 'Nigdy',
  switchedOff: 'wyłączony',
  actions: 'Działania',
  disconnect: 'Rozłącz',
  connectWith: 'Połącz z {provider}',
  disconnected: 'Konto zostało rozłączone.',
  lastWayIn: 'To jedyny sposób logowania się na Twoje konto. Najpierw ustaw hasło lub dodaj klucz dostępu.',
};
