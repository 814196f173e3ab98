import type { Statement } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Database, Sql, SqlValue } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { fromSqliteError } from './sqlite-error.ts';
import { copySqliteFile, openSqliteFile, type SqliteOptions } from './sqlite-file.ts';
import { valuesOf } from './values.ts';

/**
 * The default engine: one file, one connection in each process, any number of processes. Reads go straight through;
 * writes share one transaction per turn of the event loop. Throws a StorageError when the file cannot be used.
 */
export async function openSqlite(file: string, options: SqliteOptions = {}): Promise<Database> {
  const connection = await openSqliteFile(file, options);
  const { write, end } = groupCommit(connection);
  const statements = new LRUCache<string, Statement<SqlValue[]>>({ max: 500 });

  /** The row's type is the promise of whoever wrote the SQL. */
  function prepare<Row>({ sql }: Sql): Statement<SqlValue[], Row> {
    const prepared = statements.get(sql) ?? connection.prepare<SqlValue[]>(sql);
    statements.set(sql, prepared);
    return prepared as Statement<SqlValue[], Row>;
  }

  function change(statement: Sql): number {
    return prepare(statement).run(...valuesOf(statement)).changes;
  }

  return {
    async get<Row>(statement: Sql) {
      const values = valuesOf(statement);
      return translated(async () => {
        const prepared = prepare<Row>(statement);
        // A write is stepped to its end: only then are its errors known.
        return prepared.readonly ? prepared.get(...values) : (await write(() => prepared.all(...values)))[0];
      });
    },
    async all<Row>(statement: Sql) {
      const values = valuesOf(statement);
      return translated(async () => {
        const prepared = prepare<Row>(statement);
        return prepared.readonly ? prepared.all(...values) : await write(() => prepared.all(...values));
      });
    },
    run: (statement) => translated(() => write(() => change(statement))),
    batch: ([claim, ...others]) =>
      translated(() =>
        write(() => {
          if (change(claim) === 0) return false;
          for (const statement of others) change(statement);
          return true;
        }),
      ),
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

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw fromSqliteError(error);
  }
}
