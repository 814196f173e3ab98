import untypedSql, { type Sql, join as untypedJoin } from 'sql-template-tag';

/**
 * What a storage engine promises. This floor holds every SQL text of Castellan, made with the binding tag `` sql`…` ``,
 * and each runs unchanged on both engines. `schema.sql` at the root is everything they hold.
 *
 * Each table has its file of functions `findX insertX updateX deleteX listX consumeX`, which take the database first,
 * then plain values, and return our types with JSON parsed. To add a table: change schema.sql, write its file, and from
 * the first release on a migration (`migrations/index.ts`).
 *
 * A write's promise resolves when the write would survive a power cut. Nothing is ever held open across an `await`:
 * there is no interactive transaction, and what must happen together is one statement or one `batch`.
 * Whatever fails rejects with a StorageError, unless it is a mistake in our own SQL.
 */
export interface Database {
  /** The first row, or undefined. A writing statement with RETURNING is durable before this resolves. */
  get<Row>(statement: Sql): Promise<Row | undefined>;
  /** All rows. A writing statement with RETURNING is durable before this resolves. */
  all<Row>(statement: Sql): Promise<Row[]>;
  /** Runs a write; resolves with the number of rows it changed, once durable. Rejects alone when it fails. */
  run(statement: Sql): Promise<number>;
  /**
   * All or nothing, in order. The first statement is the claim on which the others hang: when it changes no row, none
   * of the others runs and the answer is false. Of any number of callers that claim the same row, exactly one gets true.
   * A patient batch may take longer than a request would wait, such as a migration.
   */
  batch(statements: readonly [Sql, ...Sql[]], options?: { readonly patient?: boolean }): Promise<boolean>;
  /** Runs a script of statements without values in one transaction, such as schema.sql. */
  script(statements: string): Promise<void>;
  /** The names of all tables. */
  listTables(): Promise<string[]>;
  /**
   * Copies the whole database as it is into a new file beside it with `label` in its name, and resolves with its path,
   * or with undefined where there is no file to stand beside: in memory, and on PostgreSQL, which has its own backups.
   */
  snapshot(label: string): Promise<string | undefined>;
  /** Finishes what was asked for and closes. What is asked for afterwards is refused. */
  close(): Promise<void>;
}

export type { Sql };

/** What a column holds and a statement binds: no `undefined`, no boolean, no Date, no fraction. */
export type SqlValue = string | number | null;

/** The binding tag: values become placeholders, and another statement is spliced in. */
export const sql: (texts: TemplateStringsArray, ...values: readonly (SqlValue | Sql)[]) => Sql = untypedSql;

/** A list for `IN (…)` or for conditions joined by another separator. Throws when it is empty. */
export const join: (values: readonly (SqlValue | Sql)[], separator?: string) => Sql = untypedJoin;

export { empty } from 'sql-template-tag';

/**
 * Stands at the end of a SELECT inside a write: what it read stays as it is until the write is done. PostgreSQL locks
 * those rows; SQLite, where one write runs at a time, reads a comment.
 */
export const held: Sql = sql`/* FOR SHARE */`;
