import type { IdentityProviderKind } from './kind.ts';
import { openidConnectKind } from './openid-connect-kind.ts';

/** Any OpenID Provider, found by its issuer: another Castellan, Keycloak, authentik. */
export const openidConnect: IdentityProviderKind = openidConnectKind({
  name: 'openid-connect',
  title: 'OpenID Connect',
  guide:
    'Where you administer the other provider, register a web application (confidential client, authorization code).',
  place: { member: 'issuer', required: true },
  tellsEmailVerified: true,
  issuerOf: ({ issuer = '' }) => issuer,
  promptAgain: 'login',
});
