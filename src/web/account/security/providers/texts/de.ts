import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  providers: 'Konten bei anderen Anbietern',
  providersLead: 'Konten bei anderen Anbietern, über die Sie sich hier anmelden können.',
  provider: 'Anbieter',
  account: 'Konto',
  connectedSince: 'Verbunden',
  lastUsedAt: 'Zuletzt benutzt',
  never: 'Nie',
  switchedOff: 'abgeschaltet',
  actions: 'Aktionen',
  disconnect: 'Trennen',
  connectWith: 'Mit {provider} verbinden',
  disconnected: 'Das Konto ist getrennt.',
  lastWayIn:
    'Das ist die einzige Möglichkeit, sich bei Ihrem Konto anzumelden. Legen Sie zuerst ein Passwort fest oder fügen Sie einen Passkey hinzu.',
};
