import type { Database as Connection } from 'better-sqlite3';
import { isLocked } from './sqlite-error.ts';
import { StorageError } from './storage-error.ts';

export interface GroupCommit {
  /** Performs a write with the next group; resolves with what it returned, once that would survive a power cut. */
  write<Result>(perform: () => Result): Promise<Result>;
  /** Resolves when every write asked for so far is settled; those asked for afterwards are refused. */
  end(): Promise<void>;
}

/** One caller's write: `perform` returns what tells the caller of its success. */
interface Write {
  readonly perform: () => () => void;
  readonly reject: (error: unknown) => void;
}

/** For a file that another process holds: about four seconds, in which the event loop goes on in between. */
const attempts = 60;
const pauseMilliseconds = 10;

/**
 * Collects the writes asked for during one turn of the event loop and performs them at its end in one transaction, so
 * that they share one wait for the disk. All are settled after the COMMIT. One that throws is rolled back to its own
 * savepoint and fails alone; when the transaction itself fails, all of its writes do, and the connection stays usable.
 */
export function groupCommit(connection: Connection): GroupCommit {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  const savepoint = connection.prepare('SAVEPOINT one_write');
  const release = connection.prepare('RELEASE one_write');
  const rollbackToSavepoint = connection.prepare('ROLLBACK TO one_write');

  let waiting: Write[] = [];
  let failedAttempts = 0;
  let ended = false;

  function write<Result>(perform: () => Result): Promise<Result> {
    if (ended) return Promise.reject(new StorageError('unavailable', 'the database is closed'));
    if (waiting.length === 0) setImmediate(performGroup);
    return new Promise<Result>((resolve, reject) => {
      const performAndTell = () => {
        const result = perform();
        return () => resolve(result);
      };
      waiting.push({ perform: performAndTell, reject });
    });
  }

  async function end(): Promise<void> {
    const last = waiting.length > 0 ? write(() => undefined) : undefined;
    ended = true;
    await last?.catch(() => undefined);
  }

  function performGroup(): void {
    try {
      begin.run();
    } catch (error) {
      // Whoever asks for a write before the next attempt joins this group.
      if (isLocked(error) && ++failedAttempts < attempts) setTimeout(performGroup, pauseMilliseconds);
      else for (const { reject } of takeGroup()) reject(error);
      return;
    }
    for (const settle of settlements(takeGroup())) settle();
  }

  function takeGroup(): readonly Write[] {
    const group = waiting;
    waiting = [];
    failedAttempts = 0;
    return group;
  }

  /** Performs the group and commits; what it returns tells each caller how that went. */
  function settlements(group: readonly Write[]): (() => void)[] {
    try {
      const outcomes = group.map(performOne);
      commit.run();
      return outcomes;
    } catch (error) {
      if (connection.inTransaction) rollback.run();
      return group.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    }
  }

  function performOne({ perform, reject }: Write): () => void {
    savepoint.run();
    try {
      const tell = perform();
      release.run();
      return tell;
    } catch (error) {
      // On a full disk or an I/O error SQLite has rolled back the whole transaction by itself.
      if (!connection.inTransaction) throw error;
      rollbackToSavepoint.run();
      release.run();
      return () => reject(error);
    }
  }

  return { write, end };
}
