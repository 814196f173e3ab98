import { removeForgottenUsers } from '../identity/approvals.ts';
import type { Job } from './job.ts';

const portion = 100;

/** Deletes the accounts of people who signed up and whom no administrator has let in. */
export const deleteForgottenUsers: Job = {
  name: 'delete-forgotten-users',
  everySeconds: 3600,
  async run(context, signal) {
    while (!signal.aborted && (await removeForgottenUsers(context, portion)) === portion);
  },
};
