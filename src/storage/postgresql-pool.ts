import { setTimeout as pause } from 'node:timers/promises';
import { type ClientBase, type CustomTypesConfig, Pool, type PoolClient, types } from 'pg';
import { fromPostgresqlError, mayBeTriedAgain, needsReconnecting } from './postgresql-error.ts';
import { describe, StorageError } from './storage-error.ts';

export interface PostgresqlOptions {
  /** How many connections this process opens at most. */
  readonly connections?: number | undefined;
}

export interface PostgresqlPool {
  /**
   * Does some work on a connection, and the whole of it again when it lost against another transaction.
   * Rejects with a StorageError, unless the SQL is mistaken; a connection that was lost is never used again.
   */
  onConnection<Result>(work: (connection: PoolClient) => Promise<Result>): Promise<Result>;
  /** Resolves when all work is done and every connection closed; work asked for afterwards is refused. */
  end(): Promise<void>;
}

/** How long a free connection is waited for, in milliseconds. */
const connectionTimeout = 5_000;

/** How often work is tried: more often than there are connections, each of which may have old plans. */
const mostAttempts = 12;

/**
 * Connects to the server of a URL. Throws a StorageError that says in one line why it cannot be used; neither that line
 * nor any other holds the password.
 */
export async function openPool(url: string, { connections = 10 }: PostgresqlOptions): Promise<PostgresqlPool> {
  const pool = await connect(url, connections);
  const running = new Set<Promise<unknown>>();
  let ending: Promise<void> | undefined;

  async function attempt<Result>(work: (connection: PoolClient) => Promise<Result>): Promise<Result> {
    const connection = await pool.connect();
    let lost = false;
    try {
      return await work(connection);
    } catch (error) {
      lost = needsReconnecting(error);
      throw error;
    } finally {
      connection.release(lost);
    }
  }

  /** What lost is tried again one after the other, so that it does not keep losing against its like. */
  let lastLoser: Promise<unknown> = Promise.resolve();

  async function attemptRepeatedly<Result>(work: (connection: PoolClient) => Promise<Result>): Promise<Result> {
    try {
      return await attempt(work);
    } catch (error) {
      if (!mayBeTriedAgain(error)) throw error;
    }
    const again = lastLoser.then(() => attemptAgain(work));
    lastLoser = again.catch(() => undefined);
    return again;
  }

  async function attemptAgain<Result>(work: (connection: PoolClient) => Promise<Result>): Promise<Result> {
    for (let attempts = 2; ; attempts++) {
      await pause(Math.min(2 ** attempts, 250));
      try {
        return await attempt(work);
      } catch (error) {
        if (!mayBeTriedAgain(error) || attempts === mostAttempts) throw error;
      }
    }
  }

  return {
    async onConnection(work) {
      if (ending) throw new StorageError('unavailable', 'the database is closed');
      const result = attemptRepeatedly(work);
      running.add(result);
      try {
        return await result;
      } catch (error) {
        throw fromPostgresqlError(error);
      } finally {
        running.delete(result);
      }
    },
    end() {
      ending ??= Promise.allSettled(running).then(() => pool.end());
      return ending;
    },
  };
}

async function connect(url: string, connections: number): Promise<Pool> {
  try {
    const pool = new Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: connectionTimeout,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      fallback_application_name: 'castellan',
      pipeline: true,
      types: likeSqlite,
      onConnect: setUp,
    });
    // The pool drops a connection that is lost while idle; the next piece of work opens another.
    pool.on('error', () => undefined);
    const { rows } = await pool.query<{ server_encoding: string }>('SHOW server_encoding');
    const encoding = rows[0]?.server_encoding;
    if (encoding === 'UTF8') return pool;
    await pool.end();
    throw new Error(`its encoding is ${encoding}; create it with ENCODING 'UTF8'`);
  } catch (error) {
    throw new StorageError('unusable', `cannot use the database ${withoutPassword(url)}: ${describe(error)}`);
  }
}

/** BIGINT, the NUMERIC that a SUM of it makes, and BOOLEAN come as the numbers that SQLite returns. */
const likeSqlite: CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === types.builtins.INT8 || oid === types.builtins.NUMERIC) return Number;
    if (oid === types.builtins.BOOL) return (text: string) => (text === 't' ? 1 : 0);
    return types.getTypeParser(oid, format);
  },
};

async function setUp(connection: ClientBase): Promise<void> {
  // Work that was under way rejects by itself; without a listener the event would end the process, too.
  connection.on('error', () => undefined);
  await connection.query("SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'");
  // A COMMIT has to survive a power cut, whatever the server's default; stricter values stay.
  await connection.query(
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
  );
}

function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return 'postgres://…';
  parsed.password = '';
  parsed.search = '';
  return parsed.href;
}
