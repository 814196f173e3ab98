import { raiseFact } from '../storage/instance.ts';
import type { Job } from './job.ts';

/** Writes down what time it is, so that after a restart too a clock that was set back brings nothing back to life. */
export const rememberWhatTimeItIs: Job = {
  name: 'remember-time',
  everySeconds: 60,
  run: ({ database, now }) => raiseFact(database, 'latest_time', now()),
};
