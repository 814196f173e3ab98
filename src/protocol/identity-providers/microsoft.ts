import type { IdentityProviderKind } from './kind.ts';
import { openidConnectKind } from './openid-connect-kind.ts';

/** Microsoft Entra ID, of one organization or of everybody. It does not tell which e-mail addresses it has verified. */
export const microsoft: IdentityProviderKind = openidConnectKind({
  name: 'microsoft',
  title: 'Microsoft',
  guide: 'In the Microsoft Entra admin center: App registrations, New registration, platform Web.',
  place: { member: 'tenant', required: true },
  tellsEmailVerified: false,
  issuerOf: ({ tenant = 'organizations' }) => `https://login.microsoftonline.com/${tenant}/v2.0`,
  promptAgain: 'login',
});
