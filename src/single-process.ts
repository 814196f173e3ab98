import type { FastifyBaseLogger } from 'fastify';
import { announce } from './announce.ts';
import type { Config } from './config.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { OperatorError } from './lib/operator-error.ts';
import { openContext } from './open-context.ts';
import { assertPortIsFree, startServer } from './server.ts';
import { type StopReason, untilStopped, untilStoppedByPrimary } from './stop-signals.ts';

/** Serves, runs the jobs and tells the operator where, all in this process. Resolves once it was told to stop. */
export async function serveAlone(config: Config, log: FastifyBaseLogger, print: (line: string) => void): Promise<void> {
  const stopped = untilStopped(log);
  await assertPortIsFree(config);
  const context = await openContext({ config, log });
  try {
    const server = await startServer(context);
    const stopJobs = startJobs(context);
    await announce(context, print);
    const reason = await stopped;
    await Promise.all([server.stop(), stopJobs()]);
    throwIfFailed(reason);
  } finally {
    await context.database.close();
  }
}

/** Serves as one of several processes. Resolves once the primary process said to stop. */
export async function serveAsWorker(config: Config, log: FastifyBaseLogger): Promise<void> {
  const stopped = untilStoppedByPrimary(log);
  const context = await openContext({ config, log });
  try {
    const server = await startServer(context);
    const reason = await stopped;
    await server.stop();
    throwIfFailed(reason);
  } finally {
    await context.database.close();
    // The channel to the primary process would keep this one alive.
    process.channel?.unref();
  }
}

/** After an error that nobody caught the exit status is 1, so that a supervisor starts Castellan again. */
export function throwIfFailed(reason: StopReason): void {
  if ('error' in reason)
    throw new OperatorError('Castellan stopped because of an error of its own; the log tells more.');
}
