import { deleteExpiredReplays, purgeLimit } from '../storage/purge.ts';
import type { Job } from './job.ts';

/** Other processes' clocks may be behind ours. */
const skewSeconds = 60;

/**
 * Deletes what was used once and would be refused by its age. More often than the other rows, for each request with a
 * DPoP proof leaves one, and they matter for two minutes.
 */
export const deleteOldReplays: Job = {
  name: 'delete-expired-replays',
  everySeconds: 60,
  async run({ database, now }, signal) {
    const expiredAt = now() - skewSeconds;
    let deleted = purgeLimit;
    while (deleted === purgeLimit && !signal.aborted) deleted = await deleteExpiredReplays(database, expiredAt);
  },
};
