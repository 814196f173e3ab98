/**
 * Why the storage refused, alike on both engines:
 * `unusable`: it cannot be opened as it is, and the operator must act; the message is the line to show.
 * `unavailable`: it failed for now (locked, disk full, connection lost); the outcome of a write is unknown to its caller.
 * `constraint`: a row that must be unique exists already, or one that is referred to does not; nothing was changed.
 * `value`: a value that no column can hold; nothing was changed.
 */
export type StorageReason = 'unusable' | 'unavailable' | 'constraint' | 'value';

/** What the storage throws. Its message holds no SQL and no stored value, so it may be logged. */
export class StorageError extends Error {
  readonly reason: StorageReason;
  constructor(reason: StorageReason, message: string) {
    super(message);
    this.name = 'StorageError';
    this.reason = reason;
  }
}

/** Whether a write was refused for the rows that are there, or are not. */
export function isConstraint(error: unknown): error is StorageError {
  return error instanceof StorageError && error.reason === 'constraint';
}

/** An error of the operating system or of an engine in one line: its message and, when that lacks it, its code. */
export function describe(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(describe).join(', ');
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\s+/g, ' ');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return message.includes(code) ? message : `${message} (${code})`;
}
