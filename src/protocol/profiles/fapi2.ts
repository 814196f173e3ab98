import type { Profile } from './profile.ts';

/** The FAPI 2.0 Security Profile (Final), §5.3.2, §5.3.3 and §5.4. */
export const fapi2: Profile = {
  name: 'fapi2',
  title: 'FAPI 2.0 Security Profile',
  defaults: {
    token_endpoint_auth_method: 'private_key_jwt',
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256',
    authorization_signed_response_alg: 'ES256',
    introspection_signed_response_alg: 'ES256',
  },
  values: {
    token_endpoint_auth_method: ['private_key_jwt'],
    require_pushed_authorization_requests: [true],
    require_pkce: [true],
    response_types: ['code'],
    // Not even in part: a refresh token that was lost on the way would cost the client its access (§5.3.2.1).
    rotate_refresh_tokens: [undefined, false],
  },
  signingAlgs: ['PS256', 'ES256', 'EdDSA', 'Ed25519'],
  bindsTokens: true,
  assertionIsForIssuerOnly: true,
  signsResponses: false,
  longestCodeSeconds: 60,
  redirectUriProblem: (uri, { application_type }) =>
    uri.startsWith('https://') || (application_type === 'native' && isLoopback(uri))
      ? undefined
      : `${uri} must begin with https; only native applications may use http, with 127.0.0.1 or [::1]`,
};

/** RFC 8252 §7.3: the literals, not the name. */
function isLoopback(uri: string): boolean {
  return /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?=[:/?]|$)/.test(uri);
}
