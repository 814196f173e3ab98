import { deliverLogoutTokens } from '../protocol/logout/index.ts';
import type { Job } from './job.ts';

/** A run ends some time, however many clients there are to tell; the next one goes on. */
const batchesPerRun = 50;

/** Tells clients of sessions that ended without a browser to wait for it, and those again that were out of reach. */
export const deliverDueLogoutTokens: Job = {
  name: 'deliver-logout-tokens',
  everySeconds: 5,
  async run(context, signal) {
    for (let batch = 0; batch < batchesPerRun && !signal.aborted; batch++)
      if ((await deliverLogoutTokens(context)) === 0) return;
  },
};
