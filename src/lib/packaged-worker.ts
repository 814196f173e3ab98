import { join } from 'node:path';
import { getRawAsset, isSea } from 'node:sea';
import { Worker } from 'node:worker_threads';

/** Starts a thread from a file of the checkout, or from what was packed into the single binary under the same path. */
export function startPackagedWorker(path: string): Worker {
  if (isSea()) return new Worker(Buffer.from(getRawAsset(path)).toString('utf8'), { eval: true });
  return new Worker(join(import.meta.dirname, '../..', path));
}
