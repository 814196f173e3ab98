import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  providers: 'Accounts elders',
  providersLead: 'Accounts bij andere aanbieders waarmee u zich hier kunt aanmelden.',
  provider: 'Aanbieder',
  account: 'Account',
  connectedSince: 'Gekoppeld',
  lastUsedAt: 'Laatst gebruikt',
  never: 'Nooit',
  switchedOff: 'uitgeschakeld',
  actions: 'Acties',
  disconnect: 'Ontkoppelen',
  connectWith: 'Koppelen met {provider}',
  disconnected: 'Het account is ontkoppeld.',
  lastWayIn:
    'Dit is de enige manier om u bij uw account aan te melden. Stel eerst een wachtwoord in of voeg een passkey toe.',
};
