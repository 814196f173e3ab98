import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  providers: 'Accounts elsewhere',
  providersLead: 'Accounts at other providers through which you can sign in here.',
  provider: 'Provider',
  account: 'Account',
  connectedSince: 'Connected',
  lastUsedAt: 'Last used',
  never: 'Never',
  switchedOff: 'switched off',
  actions: 'Actions',
  disconnect: 'Disconnect',
  connectWith: 'Connect with {provider}',
  disconnected: 'The account is disconnected.',
  lastWayIn: 'This is the only way to sign in to your account. Set a password or add a passkey first.',
};
