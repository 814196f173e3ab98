/**
 * The steps from one version of the database to the next, one file each; `migrate` runs those that a database lacks.
 * A new database never runs them: it is made from schema.sql, which always is the database as it is today.
 *
 * To add one: change schema.sql; write the file `<version>-<what-changes>.ts` with a `Migration` of the next version;
 * append it to the list. The first one after version 1 is 2. Use what both engines can do: create, add, rename or drop
 * a column, an index, a table. Never drop a table that others refer to: on SQLite that deletes their rows, too.
 */
import type { Sql } from '../database.ts';

export interface Migration {
  /** The version that a database has afterwards, one more than before. */
  readonly version: number;
  /** Run in order in one transaction, once on every database. */
  readonly statements: readonly Sql[];
}

export const migrations: readonly Migration[] = [];
