import type { IdentityProviderKind } from './kind.ts';
import { openidConnectKind } from './openid-connect-kind.ts';

/** Google accounts. */
export const google: IdentityProviderKind = openidConnectKind({
  name: 'google',
  title: 'Google',
  guide:
    'In the Google Cloud console: APIs & Services, Credentials, Create credentials, OAuth client ID, Web application.',
  place: undefined,
  tellsEmailVerified: true,
  issuerOf: () => 'https://accounts.google.com',
  promptAgain: 'select_account',
});
