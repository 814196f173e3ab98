import BetterSqlite3 from 'better-sqlite3';
import { StorageError } from './storage-error.ts';

const unavailable = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL|CORRUPT|NOTADB)/;

/** What SQLite threw as a StorageError; anything else, such as a mistake in the SQL, is returned as it is. */
export function fromSqliteError(error: unknown): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const { code, message } = error;
  if (code.startsWith('SQLITE_CONSTRAINT')) return new StorageError('constraint', `${message} (${code})`);
  if (unavailable.test(code)) return new StorageError('unavailable', `SQLite: ${message} (${code})`);
  return error;
}

/** True for the error of a file that another connection holds just now. */
export function isLocked(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
