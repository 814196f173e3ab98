import type { FastifyBaseLogger } from 'fastify';

/** Work that nobody waits for, such as sending a mail after the answer to who asked for it. */
export interface Background {
  /** Starts it; what it throws is logged. */
  start(work: () => Promise<unknown>): void;
  /** Resolves when all that was started has ended. */
  settled(): Promise<void>;
}

/** For one process, which asks `settled` before it closes what the work needs. */
export function createBackground(log: FastifyBaseLogger): Background {
  const running = new Set<Promise<void>>();
  return {
    start(work) {
      const run = attempt(work, log).finally(() => running.delete(run));
      running.add(run);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function attempt(work: () => Promise<unknown>, log: FastifyBaseLogger): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error({ err: error }, 'work in the background failed');
  }
}
