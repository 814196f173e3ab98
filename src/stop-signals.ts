import type { FastifyBaseLogger } from 'fastify';

/** Why a process is to stop: it was told to, or it met an error that nobody caught. */
export type StopReason = { readonly signal: string } | { readonly error: unknown };

/** Ctrl-C under npm arrives twice, from the terminal and from npm; only a later signal means impatience. */
const sameSignalMilliseconds = 500;

/**
 * Resolves with the first reason to stop: SIGTERM, SIGINT, or an error that nobody caught, which is logged. A second
 * signal, half a second later, ends the process at once; nothing durable is lost by that.
 */
export function untilStopped(log: FastifyBaseLogger): Promise<StopReason> {
  const { promise, resolve } = Promise.withResolvers<StopReason>();
  let isStopping = false;
  let isImpatient = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (isImpatient) process.exit(1);
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => {
        isImpatient = true;
      }, sameSignalMilliseconds).unref();
      log.info({ signal }, 'stopping');
      resolve({ signal });
    });
  untilUncaught(log, resolve);
  return promise;
}

/**
 * The same for a worker, which stops when the process that started it says so. It takes no notice of signals: a
 * terminal and a supervisor send them to both.
 */
export function untilStoppedByPrimary(log: FastifyBaseLogger): Promise<StopReason> {
  const { promise, resolve } = Promise.withResolvers<StopReason>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {});
  process.on('message', (message) => message === stopMessage && resolve({ signal: stopMessage }));
  untilUncaught(log, resolve);
  return promise;
}

/** What the primary process sends a worker to make it stop. */
export const stopMessage = 'stop';

function untilUncaught(log: FastifyBaseLogger, stop: (reason: StopReason) => void): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'an error that nobody caught; stopping');
      stop({ error });
    });
}
