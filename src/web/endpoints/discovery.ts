import { providerMetadata } from '../../protocol/metadata.ts';
import type { Endpoint } from './endpoint.ts';
import { publicDocument, servePublicDocument } from './public-document.ts';

/** What it says changes only when Castellan is set up anew or replaced, which clients may take an hour to see. */
const maxAgeSeconds = 3600;

/**
 * The provider's metadata for OpenID Connect (Discovery §4) and for OAuth (RFC 8414 §3), one document. Both well-known
 * names are served after the issuer's path and before it, since the two specifications put them in different places.
 */
export const discovery: Endpoint = {
  name: 'discovery',
  paths: [
    '/oidc/.well-known/openid-configuration',
    '/.well-known/openid-configuration/oidc',
    '/oidc/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/oidc',
  ],
  crossOrigin: 'any',
  routes(app, context) {
    const document = publicDocument(providerMetadata(context), { contentType: 'application/json', maxAgeSeconds });
    servePublicDocument(app, this.paths, () => document);
  },
};
