import type { Statement } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Database, Sql, SqlValue } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { fromSqliteError } from './sqlite-error.ts';
import { copySqliteFile, openSqliteFile } from './sqlite-file.ts';
import { StorageError } from './storage-error.ts';
import { valuesOf } from './values.ts';

/** A statement as SQLite takes it, its values checked. */
interface Bound {
  readonly text: string;
  readonly values: SqlValue[];
}

/**
 * The default engine: one file, one connection in each process, any number of processes. Reads go straight through;
 * writes share one transaction per turn of the event loop. Throws a StorageError when the file cannot be used.
 */
export async function openSqlite(file: string): Promise<Database> {
  const connection = await openSqliteFile(file);
  const { write, end } = groupCommit(connection);
  const statements = new LRUCache<string, Statement<SqlValue[]>>({ max: 500 });

  /** The row's type is the promise of whoever wrote the SQL. */
  function prepare<Row>({ text }: Bound): Statement<SqlValue[], Row> {
    if (!connection.open) throw new StorageError('unavailable', 'the database is closed');
    const prepared = statements.get(text) ?? connection.prepare<SqlValue[]>(text);
    statements.set(text, prepared);
    return prepared as Statement<SqlValue[], Row>;
  }

  function change(bound: Bound): number {
    return prepare(bound).run(...bound.values).changes;
  }

  return {
    get: <Row>(statement: Sql) =>
      translated(async () => {
        const bound = bind(statement);
        const prepared = prepare<Row>(bound);
        if (prepared.readonly) return prepared.get(...bound.values);
        // Stepped to its end, since only then are all of its errors known.
        const rows = await write(() => prepared.all(...bound.values));
        return rows[0];
      }),
    all: <Row>(statement: Sql) =>
      translated(async () => {
        const bound = bind(statement);
        const prepared = prepare<Row>(bound);
        return prepared.readonly ? prepared.all(...bound.values) : write(() => prepared.all(...bound.values));
      }),
    run: (statement) =>
      translated(async () => {
        const bound = bind(statement);
        return write(() => change(bound));
      }),
    batch: ([first, ...rest]) =>
      translated(async () => {
        const claim = bind(first);
        const others = rest.map(bind);
        return write(() => {
          if (change(claim) === 0) return false;
          for (const bound of others) change(bound);
          return true;
        });
      }),
    script: (statements) => translated(() => write(() => void connection.exec(statements))),
    listTables: () =>
      translated(async () =>
        connection
          .prepare<[], string>(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
          )
          .pluck()
          .all(),
      ),
    snapshot: async (label) => (connection.memory ? undefined : copySqliteFile(connection, label)),
    async close() {
      await end();
      connection.close();
    },
  };
}

function bind(statement: Sql): Bound {
  return { text: statement.sql, values: valuesOf(statement) };
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw fromSqliteError(error);
  }
}
