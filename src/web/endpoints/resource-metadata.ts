import { ownResourceMetadata, ownResourceMetadataPath } from '../../protocol/resource-metadata.ts';
import type { Endpoint } from './endpoint.ts';
import { publicDocument, servePublicDocument } from './public-document.ts';

const maxAgeSeconds = 3600;

/** The metadata of our own API (RFC 9728 §3). */
export const resourceMetadata: Endpoint = {
  name: 'resource_metadata',
  paths: [ownResourceMetadataPath],
  crossOrigin: 'any',
  routes(app, context) {
    const document = publicDocument(ownResourceMetadata(context), { contentType: 'application/json', maxAgeSeconds });
    servePublicDocument(app, this.paths, () => document);
  },
};
