import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { type Database, held, type Sql, type SqlValue, sql } from './database.ts';
import { openPool, type PostgresqlOptions } from './postgresql-pool.ts';
import { valuesOf } from './values.ts';

interface Query extends QueryConfig<SqlValue[]> {
  /** When the connection counts as lost, in milliseconds; never, when undefined. */
  readonly query_timeout: number | undefined;
}

/** A request's statement that has no answer within this time has none to expect, in milliseconds. */
const answerTimeout = 30_000;

const begin = { text: 'BEGIN', query_timeout: answerTimeout };
const commit = { text: 'COMMIT', query_timeout: answerTimeout };
const rollback = { text: 'ROLLBACK', query_timeout: answerTimeout };

/**
 * The engine for more than one machine: any number of processes on any number of nodes. Connections are pipelined, so
 * that a batch of any length takes three round trips. Throws a StorageError when the server cannot be used.
 */
export async function openPostgresql(url: string, options: PostgresqlOptions = {}): Promise<Database> {
  const { onConnection, end } = await openPool(url, options);
  const nameOf = statementNames();

  function bind(statement: Sql): Query {
    const text = statement.text.replaceAll(held.text, 'FOR SHARE');
    return { text, name: nameOf(text), values: valuesOf(statement), query_timeout: answerTimeout };
  }

  /** For a batch that may take long and may change tables. */
  function bindPatiently(statement: Sql): Query {
    const bound = bind(statement);
    return { ...bound, text: comparedByBytes(bound.text), name: undefined, query_timeout: undefined };
  }

  function query<Row extends QueryResultRow>(statement: Sql): Promise<QueryResult<Row>> {
    const bound = bind(statement);
    return onConnection((connection) => connection.query<Row>(bound));
  }

  return {
    get: async <Row>(statement: Sql) => (await query<Row & QueryResultRow>(statement)).rows[0],
    all: async <Row>(statement: Sql) => (await query<Row & QueryResultRow>(statement)).rows,
    run: async (statement) => (await query(statement)).rowCount ?? 0,
    async batch([claim, ...others], { patient } = {}) {
      // Every value is checked before anything is sent.
      const bindOne = patient ? bindPatiently : bind;
      const boundClaim = bindOne(claim);
      const boundOthers = others.map(bindOne);
      return onConnection((connection) =>
        rollingBackOnError(connection, async () => {
          const [, claimed] = await Promise.all([connection.query(begin), connection.query(boundClaim)]);
          const won = claimed.rowCount !== null && claimed.rowCount > 0;
          if (won) await Promise.all(boundOthers.map((bound) => connection.query(bound)));
          await connection.query(won ? commit : rollback);
          return won;
        }),
      );
    },
    script: (statements) =>
      onConnection((connection) =>
        rollingBackOnError(connection, async () => {
          await connection.query(begin);
          await connection.query(comparedByBytes(statements));
          await connection.query(commit);
        }),
      ),
    async listTables() {
      const { rows } = await query<{ tablename: string }>(
        sql`SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`,
      );
      return rows.map(({ tablename }) => tablename);
    },
    snapshot: async () => undefined,
    close: end,
  };
}

/**
 * Statements that define tables, with text columns that compare as SQLite's do. That is also the fastest way, and the
 * only one in which an update of the operating system's languages cannot break an index.
 */
function comparedByBytes(statements: string): string {
  return /\b(CREATE|ALTER) TABLE\b/.test(statements) ? statements.replace(/\bTEXT\b/g, 'TEXT COLLATE "C"') : statements;
}

async function rollingBackOnError<Result>(connection: PoolClient, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // When the connection is lost the server rolls back by itself.
    await connection.query(rollback).catch(() => undefined);
    throw error;
  }
}

/** Names for prepared statements, by text. What comes after many others has none, so that no server keeps ever more. */
function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === 500) return known;
    const name = `castellan_${names.size}`;
    names.set(text, name);
    return name;
  };
}
