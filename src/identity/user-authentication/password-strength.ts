import type { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { temporarilyUnavailable } from '../../lib/errors.ts';
import { startPackagedWorker } from '../../lib/packaged-worker.ts';

/** Tells how hard passwords are to guess, in a thread of its own: the worst of them take a third of a second. */
export interface PasswordStrength {
  /**
   * From 0, among the first that are guessed, to 4; 3 takes a thief of the hashes years. `known` is what a guesser knows
   * of the person. Throws temporarily_unavailable when too many wait, or when no answer comes.
   */
  estimate(password: string, known: readonly string[]): Promise<number>;
}

const workerPath = 'src/identity/user-authentication/password-strength-worker.ts';

/** What zxcvbn reads of a password: its time grows faster than the length, and so many characters tell enough. */
const charactersRead = 32;
const waitingAtMost = 16;
const answerMilliseconds = 10_000;
/** The thread's lists take 80 MB, which nobody needs who does not choose a password. */
const idleMilliseconds = 60_000;

const answerSchema = z.object({ id: z.number(), score: z.number().int().min(0).max(4) });

interface Asker {
  readonly resolve: (score: number) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that starts with the first question, and ends when there has been none for a minute. */
export function createPasswordStrength(
  startWorker: () => Worker = () => startPackagedWorker(workerPath),
): PasswordStrength {
  const waiting = new Map<number, Asker>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let questions = 0;

  const start = (): Worker => {
    const started = startWorker();
    started.unref();
    started.on('message', (message: unknown) => {
      const { id, score } = answerSchema.parse(message);
      waiting.get(id)?.resolve(score);
    });
    started.on('error', stop);
    return started;
  };
  const stop = (): void => {
    const stopped = worker;
    worker = undefined;
    for (const { reject } of waiting.values()) reject(temporarilyUnavailable('the password could not be looked at'));
    stopped?.terminate().catch(() => undefined);
  };

  return {
    async estimate(password, known) {
      if (waiting.size >= waitingAtMost) throw temporarilyUnavailable('too many passwords are being looked at');
      clearTimeout(idle);
      worker ??= start();
      questions += 1;
      const id = questions;
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      waiting.set(id, { resolve, reject });
      const late = setTimeout(stop, answerMilliseconds);
      const read = [...password].slice(0, charactersRead).join('');
      worker.postMessage({ id, password: read, known: known.slice(0, 10).map((text) => text.slice(0, 64)) });
      try {
        return await promise;
      } finally {
        clearTimeout(late);
        waiting.delete(id);
        if (waiting.size === 0) idle = setTimeout(stop, idleMilliseconds).unref();
      }
    },
  };
}
