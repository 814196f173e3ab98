import { DatabaseError } from 'pg';
import { describe, StorageError } from './storage-error.ts';

/**
 * What PostgreSQL or its connection threw as a StorageError. A mistake in the SQL stays a plain Error; only its message
 * is kept, since the details that PostgreSQL adds repeat stored values.
 */
export function fromPostgresqlError(error: unknown): unknown {
  if (error instanceof StorageError) return error;
  // Without a code from the server it is the connection that failed.
  if (!(error instanceof DatabaseError) || error.code === undefined) return unavailable(describe(error));
  const { code, message } = error;
  if (code.startsWith('23')) return new StorageError('constraint', `${message} (${code})`);
  if (isTransient(code)) return unavailable(`${message} (${code})`);
  return new Error(`PostgreSQL: ${message} (${code})`);
}

/** True for work that changed nothing and may be tried again: it lost against another transaction, or had an old plan. */
export function mayBeTriedAgain(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  return error.code === '40001' || error.code === '40P01' || hasOldPlan(error);
}

/** True when the next statement needs another connection: to a server that is up and takes writes, with no old plans. */
export function needsReconnecting(error: unknown): boolean {
  if (error instanceof StorageError) return false;
  return !(error instanceof DatabaseError) || hasOldPlan(error) || /^(08|57P|25006)/.test(error.code ?? '57P');
}

/** A statement was prepared before its table got other columns, which a newer node's migration may do at any time. */
function hasOldPlan(error: DatabaseError): boolean {
  return error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
}

function isTransient(code: string): boolean {
  // Connection, read-only standby, rollback, resources, object in use, operator intervention, system error, corruption.
  return /^(08|25006|40|53|55|57|58|XX00[12])/.test(code);
}

function unavailable(message: string): StorageError {
  return new StorageError('unavailable', `PostgreSQL: ${message}`);
}
