import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { providerMetadata } from '../../protocol/metadata.ts';
import { publicDocument, servePublicDocument } from './public-document.ts';

/** What it says changes only when Castellan is set up anew or replaced, which clients may take an hour to see. */
const maxAgeSeconds = 3600;

/**
 * The provider's metadata for OpenID Connect (Discovery §4) and for OAuth (RFC 8414 §3), one document. Both well-known
 * names are served after the issuer's path and before it, since the two specifications put them in different places.
 */
export function discoveryEndpoint(app: FastifyInstance, context: Context): void {
  const { pathname } = new URL(context.config.issuer);
  const paths = ['openid-configuration', 'oauth-authorization-server'].flatMap((name) => [
    `${pathname}/.well-known/${name}`,
    `/.well-known/${name}${pathname}`,
  ]);
  const document = publicDocument(providerMetadata(context), { contentType: 'application/json', maxAgeSeconds });
  servePublicDocument(app, paths, () => document);
}
