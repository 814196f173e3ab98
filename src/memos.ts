import { LRUCache } from 'lru-cache';
import type { ClientMetadata } from './protocol/client-metadata.ts';

/**
 * What is dear to find out twice, within bounds. Each is the outcome of a pure function of its key, so that nothing
 * in it can be out of date and no node needs to be told of anything.
 */
export interface Memos {
  /** By client_id and the stored text. */
  readonly clientMetadata: LRUCache<string, ClientMetadata>;
  /** By SHA-256 of the whole JWT and the kid: signatures of ours that were verified. */
  readonly verifiedSignatures: LRUCache<string, true>;
}

/** Empty memos, for one process. */
export function createMemos(): Memos {
  return {
    clientMetadata: new LRUCache({ max: 1000 }),
    verifiedSignatures: new LRUCache({ max: 20_000 }),
  };
}
