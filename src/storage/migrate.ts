import { rm } from 'node:fs/promises';
import { type Database, sql } from './database.ts';
import { findFact } from './instance.ts';
import { type Migration, migrations as ourMigrations } from './migrations/index.ts';
import { describe, StorageError } from './storage-error.ts';

export interface MigrateOptions {
  /** The text of schema.sql: the whole database as it is today. */
  readonly schema: string;
  /** In the order of their versions; the program's own, unless a test brings others. */
  readonly migrations?: readonly Migration[];
}

export interface Migrated {
  /** The version before, or undefined when the database was empty. */
  readonly from: number | undefined;
  readonly to: number;
  /** The copy made before the first migration, on SQLite. */
  readonly snapshot: string | undefined;
}

/**
 * Brings a database to the version of this program: an empty one by the schema, an older one by the migrations that it
 * lacks, after a snapshot. Any number of processes may do so at the same moment. Throws a StorageError and changes
 * nothing when the database is of a newer version or of another program.
 */
export async function migrate(database: Database, options: MigrateOptions): Promise<Migrated> {
  const { schema, migrations = ourMigrations } = options;
  const newest = migrations.at(-1)?.version ?? 1;
  const from = await findVersion(database);
  const version = from ?? (await create(database, schema, newest));
  if (version > newest) {
    throw new StorageError(
      'unusable',
      `the database has version ${version}, made by a newer Castellan; this one knows versions up to ${newest}: install the newer one again`,
    );
  }
  const missing = migrations.filter((migration) => migration.version > version);
  return { from, to: newest, snapshot: missing.length > 0 ? await applyAll(database, version, missing) : undefined };
}

/** The version of a database; undefined when it is empty. */
async function findVersion(database: Database): Promise<number | undefined> {
  const tables = await database.listTables();
  if (tables.length === 0) return undefined;
  const version = tables.includes('instance') ? await findFact(database, 'schema_version') : undefined;
  if (version !== undefined) return Number(version);
  throw new StorageError('unusable', 'the database holds tables of another program; give Castellan one of its own');
}

async function create(database: Database, schema: string, version: number): Promise<number> {
  try {
    await database.script(`${schema}\nINSERT INTO instance (name, value) VALUES ('schema_version', '${version}');`);
    return version;
  } catch (error) {
    // Another process may have created everything at the same moment.
    const found = await findVersion(database);
    if (found === undefined) throw error;
    return found;
  }
}

async function applyAll(database: Database, from: number, missing: readonly Migration[]): Promise<string | undefined> {
  const snapshot = await database.snapshot(`version-${from}`);
  const applied: number[] = [];
  for (const migration of missing) {
    if (await apply(database, migration)) applied.push(migration.version);
  }
  if (snapshot === undefined || applied[0] === missing[0]?.version) return snapshot;
  // Another process came first, so only its copy is certainly of the old version.
  await rm(snapshot, { force: true });
  return undefined;
}

/** Of any number of processes exactly one applies a migration and gets true. */
async function apply(database: Database, { version, statements }: Migration): Promise<boolean> {
  const claim = sql`
    UPDATE instance SET value = ${String(version)}
    WHERE name = 'schema_version' AND value = ${String(version - 1)}`;
  try {
    return await database.batch([claim, ...statements], { patient: true });
  } catch (error) {
    throw new StorageError(
      'unusable',
      `the migration of the database to version ${version} failed and changed nothing: ${describe(error)}`,
    );
  }
}
