import type { Database } from './database.ts';
import { openSqlite } from './sqlite.ts';
import type { SqliteOptions } from './sqlite-file.ts';
import { StorageError } from './storage-error.ts';

export type OpenOptions = SqliteOptions;

/**
 * Opens the database of a URL: `sqlite:data/castellan.sqlite`, `sqlite::memory:` or
 * `postgres://user:password@host/database`. Throws a StorageError of one clear line when it cannot be used.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const [scheme, rest] = split(url);
  if (scheme === 'sqlite' && rest !== '') return openSqlite(rest, options);
  throw new StorageError(
    'unusable',
    'the database URL must look like sqlite:data/castellan.sqlite or postgres://user:password@host/database',
  );
}

function split(url: string): readonly [scheme: string, rest: string] {
  const colon = url.indexOf(':');
  const scheme = url.slice(0, Math.max(colon, 0));
  // sqlite:///var/lib/castellan.sqlite is a usual way to write the absolute path.
  return [scheme, scheme === 'sqlite' ? url.slice(colon + 1).replace(/^\/\//, '') : url];
}
