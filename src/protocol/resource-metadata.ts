import type { Context } from '../context.ts';
import { scopes } from './scopes.ts';
import { senderConstraints } from './sender-constraints/index.ts';
import { signingAlgs } from './tokens/signing-algs.ts';

/** Where our own API says what it is: the well-known name stands before the path of its identifier (RFC 9728 §3). */
export const ownResourceMetadataPath = '/.well-known/oauth-protected-resource/oidc';

/**
 * What our own API, the userinfo endpoint, says of itself as a resource (RFC 9728 §2). Its identifier is the issuer, which
 * is the audience of the tokens that it takes. Signed are those answers that a client is registered for.
 */
export function ownResourceMetadata({
  config: { issuer },
}: Pick<Context, 'config'>): Readonly<Record<string, unknown>> {
  return {
    resource: issuer,
    resource_name: 'Userinfo',
    authorization_servers: [issuer],
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: [...scopes.keys()],
    bearer_methods_supported: ['header', 'body'],
    resource_signing_alg_values_supported: signingAlgs,
    ...Object.assign({}, ...[...senderConstraints.values()].map(({ metadata }) => metadata)),
  };
}
