import type { Context } from '../context.ts';
import { jobs as ourJobs } from './index.ts';
import type { Job } from './job.ts';

/** The first run of a job comes within this time of the start, not in its first instant. */
const firstRunWithinSeconds = 60;

/**
 * Runs every job in its turn until the returned function is called, which resolves when what runs has ended. Times are
 * scattered, so that processes started together do not work together. The timers keep no process alive.
 */
export function startJobs(context: Context, jobs: Iterable<Job> = ourJobs.values()): () => Promise<void> {
  const stops = [...jobs].map((job) => startJob(context, job));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

function startJob(context: Context, job: Job): () => Promise<void> {
  const stopping = new AbortController();
  let running = Promise.resolve();
  let timer = later(firstRunWithinSeconds * fraction(context));

  function later(seconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      running = runLogged(context, job, stopping.signal).then(() => {
        if (!stopping.signal.aborted) timer = later(job.everySeconds * (0.9 + 0.2 * fraction(context)));
      });
    }, seconds * 1000).unref();
  }

  return () => {
    stopping.abort();
    clearTimeout(timer);
    return running;
  };
}

async function runLogged(context: Context, job: Job, signal: AbortSignal): Promise<void> {
  try {
    await job.run(context, signal);
  } catch (error) {
    context.log.error({ err: error, job: job.name }, 'a job failed and will run again in its turn');
  }
}

/** A random number from 0 up to 1. */
function fraction({ randomBytes }: Context): number {
  return randomBytes(4).readUInt32BE() / 2 ** 32;
}
