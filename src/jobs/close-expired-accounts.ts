import { newEvent } from '../identity/audit.ts';
import { closeExpiredAccount, listExpiredAccounts } from '../storage/expired-accounts.ts';
import type { Job } from './job.ts';

/** How many are looked up at once. */
const portion = 100;

/**
 * Ends what was given to accounts that have expired. Nothing of it was worth anything from the second on at which they
 * did; now applications hear of the sign-out, and a later date gives nothing back.
 */
export const closeExpiredAccounts: Job = {
  name: 'close-expired-accounts',
  everySeconds: 60,
  async run(context, signal) {
    const { database, now } = context;
    let found: readonly string[];
    do {
      found = await listExpiredAccounts(database, now(), portion);
      for (const id of found) {
        if (signal.aborted) return;
        const event = newEvent(context, { id: 'system' }, 'user.expired', id);
        await closeExpiredAccount(database, id, { now: now(), event });
      }
    } while (found.length === portion);
  },
};
