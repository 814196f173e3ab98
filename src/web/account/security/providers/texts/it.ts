import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  providers: 'Account altrove',
  providersLead: 'Account presso altri fornitori con cui puoi accedere qui.',
  provider: 'Fornitore',
  account: 'Account',
  connectedSince: 'Collegato',
  lastUsedAt: 'Ultimo uso',
  never: 'Mai',
  switchedOff: 'disattivato',
  actions: 'Azioni',
  disconnect: 'Scollega',
  connectWith: 'Collega {provider}',
  disconnected: 'L’account è scollegato.',
  lastWayIn: 'È l’unico modo per accedere al tuo account. Prima imposta una password o aggiungi una passkey.',
};
