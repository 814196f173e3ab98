import type { IntlMessageFormat } from 'intl-messageformat';
import { LRUCache } from 'lru-cache';
import type { ClientKeys, RemoteKeys } from './protocol/client-keys.ts';
import type { ClientLogo } from './protocol/client-logo.ts';
import type { ClientMetadata } from './protocol/client-metadata.ts';
import type { MetadataDocument } from './protocol/client-registration/metadata-document.ts';
import type { Upstream } from './protocol/identity-providers/discovery.ts';

/**
 * What is dear to find out twice, within bounds. Each is the outcome of a pure function of its key, so that nothing
 * in it can be out of date and no node needs to be told of anything; all but what was fetched, which knows its age.
 */
export interface Memos {
  /** By client_id and the stored text. */
  readonly clientMetadata: LRUCache<string, ClientMetadata>;
  /** By SHA-256 of the whole JWT and the kid: signatures of ours that were verified. */
  readonly verifiedSignatures: LRUCache<string, true>;
  /** By a request_uri whose fragment is the hash of the request object. */
  readonly requestObjects: LRUCache<string, string>;
  /** By the `jwks` of a client's metadata, ready to verify with. */
  readonly clientKeys: WeakMap<object, ClientKeys>;
  /** By logo_uri, each with its age; undefined is one that could not be had. */
  readonly clientLogos: LRUCache<string, Promise<ClientLogo | undefined>>;
  /** By the client_id that is its address. */
  readonly metadataDocuments: LRUCache<string, MetadataDocument>;
  /** By language and text: messages that were read. */
  readonly messages: LRUCache<string, IntlMessageFormat>;
  /** By language: what writes times. */
  readonly times: LRUCache<string, Intl.DateTimeFormat>;
  /** By what of a brand has to do with colours and shapes: its stylesheet. */
  readonly brandStyles: LRUCache<string, string>;
  /** By client_id and jwks_uri. */
  readonly remoteKeys: LRUCache<string, RemoteKeys>;
  /** By an identity provider's name, settings and sealed secret. */
  readonly upstreams: LRUCache<string, Upstream>;
}

/** Empty memos, for one process. */
export function createMemos(): Memos {
  return {
    clientMetadata: new LRUCache({ max: 1000 }),
    verifiedSignatures: new LRUCache({ max: 20_000 }),
    requestObjects: new LRUCache({ max: 200 }),
    clientKeys: new WeakMap(),
    clientLogos: new LRUCache({ max: 200, ttl: 3_600_000 }),
    metadataDocuments: new LRUCache({ max: 500 }),
    messages: new LRUCache({ max: 20_000 }),
    times: new LRUCache({ max: 50 }),
    brandStyles: new LRUCache({ max: 500 }),
    remoteKeys: new LRUCache({ max: 1000 }),
    upstreams: new LRUCache({ max: 200 }),
  };
}
