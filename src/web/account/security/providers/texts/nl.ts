import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  providers: 'Accounts bij andere aanbieders',
  providersLead: 'Accounts bij andere aanbieders waarmee u hier kunt inloggen.',
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
    'Dit is de enige manier om op uw account in te loggen. Stel eerst een wachtwoord in of voeg een passkey toe.',
};
