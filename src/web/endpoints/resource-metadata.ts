import { ownResourceMetadata } from '../../protocol/resource-metadata.ts';
import type { Endpoint } from './endpoint.ts';
import { publicDocument, servePublicDocument } from './public-document.ts';

const maxAgeSeconds = 3600;

/** The metadata of our own API (RFC 9728 §3): the well-known name stands before the path of its identifier. */
export const resourceMetadata: Endpoint = {
  name: 'resource_metadata',
  paths: ['/.well-known/oauth-protected-resource/oidc'],
  crossOrigin: 'any',
  routes(app, context) {
    const document = publicDocument(ownResourceMetadata(context), { contentType: 'application/json', maxAgeSeconds });
    servePublicDocument(app, this.paths, () => document);
  },
};
