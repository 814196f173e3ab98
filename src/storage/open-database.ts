import type { Database } from './database.ts';
import type { PostgresqlOptions } from './postgresql-pool.ts';
import { openSqlite } from './sqlite.ts';
import { StorageError } from './storage-error.ts';

/**
 * Opens the database of a URL: `sqlite:data/castellan.sqlite`, `sqlite::memory:` or
 * `postgres://user:password@host/database`. Throws a StorageError of one clear line when it cannot be used.
 */
export async function openDatabase(url: string, options: PostgresqlOptions = {}): Promise<Database> {
  const scheme = /^[a-z]+(?=:)/.exec(url)?.[0];
  // sqlite:///var/lib/castellan.sqlite is a usual way to write an absolute path.
  const rest = url.slice(`${scheme}:`.length).replace(/^\/\/(?=\/)/, '');
  if (scheme === 'sqlite' && rest !== '') return openSqlite(rest);
  if (scheme === 'postgres' || scheme === 'postgresql') return openPostgresqlWhenAskedFor(url, options);
  throw new StorageError(
    'unusable',
    'the database URL must look like sqlite:data/castellan.sqlite or postgres://user:password@host/database',
  );
}

/** Loading the driver takes a tenth of the start, which most installations save. */
async function openPostgresqlWhenAskedFor(url: string, options: PostgresqlOptions): Promise<Database> {
  const { openPostgresql } = await import('./postgresql.ts');
  return openPostgresql(url, options);
}
