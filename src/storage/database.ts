import type { Sql } from 'sql-template-tag';

/**
 * What a storage engine promises. Every SQL text of Castellan is in this floor, made with the binding tag
 * `` sql`…` `` of sql-template-tag, and runs unchanged on both engines.
 *
 * A write's promise resolves when the write would survive a power cut. Nothing is ever held open across an `await`:
 * there is no interactive transaction, and what must happen together is one statement or one `batch`.
 */
export interface Database {
  /** The first row, or undefined. A writing statement with RETURNING is durable before this resolves. */
  get<Row>(statement: Sql): Promise<Row | undefined>;
  /** All rows. */
  all<Row>(statement: Sql): Promise<Row[]>;
  /** Runs a write; resolves with the number of rows it changed, once durable. Rejects alone when it fails. */
  run(statement: Sql): Promise<number>;
  /**
   * All or nothing, in order. The first statement is the claim on which the others hang: when it changes no row, none
   * of the others runs and the answer is false. Of any number of callers that claim the same row, exactly one gets true.
   */
  batch(statements: readonly [Sql, ...Sql[]]): Promise<boolean>;
  /** Runs a script of statements without values in one transaction: schema.sql and the migrations. */
  script(statements: string): Promise<void>;
  /** Finishes what was asked for and closes. */
  close(): Promise<void>;
}

export type { Sql } from 'sql-template-tag';
export { default as sql, empty, join } from 'sql-template-tag';
