import { deliverMails } from '../identity/mails.ts';
import type { Job } from './job.ts';

/** A run ends some time, however many mails there are; the next one goes on. */
const batchesPerRun = 50;

/** Sends the mails that the mail server did not take before, and those of processes that ended too early. */
export const deliverDueMails: Job = {
  name: 'deliver-mails',
  everySeconds: 10,
  async run(context, signal) {
    for (let batch = 0; batch < batchesPerRun && !signal.aborted; batch++)
      if ((await deliverMails(context)) === 0) return;
  },
};
