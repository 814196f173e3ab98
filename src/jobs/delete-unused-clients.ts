import { newEvent } from '../identity/audit.ts';
import { deleteUnusedClient, listUnusedClients } from '../storage/clients.ts';
import type { Job } from './job.ts';

/** How many are looked up at once. */
const portion = 500;

/** Deletes clients that registered themselves and were never used, so that open registration does not fill the disk. */
export const deleteUnusedClients: Job = {
  name: 'delete-unused-clients',
  everySeconds: 3600,
  async run(context, signal) {
    const { database, config } = context;
    const { unusedClientSeconds } = config.lifetimes;
    if (unusedClientSeconds === 0) return;
    const sinceBefore = context.now() - unusedClientSeconds;
    let found: readonly string[];
    do {
      found = await listUnusedClients(database, sinceBefore, portion);
      for (const client_id of found) {
        if (signal.aborted) return;
        const event = newEvent(context, { id: 'system' }, 'client.removed', client_id, { unused: true });
        await deleteUnusedClient(database, client_id, event);
      }
    } while (found.length === portion);
  },
};
