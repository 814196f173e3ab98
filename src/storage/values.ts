import type { Sql, SqlValue } from './database.ts';
import { StorageError } from './storage-error.ts';

/**
 * The values of a statement, if both engines store exactly these. Throws a StorageError for anything else: `undefined`
 * or a boolean that slipped through the types, a fraction, and text with a NUL (PostgreSQL cannot hold it) or half a
 * surrogate pair (both would store another text than the one given).
 */
export function valuesOf(statement: Sql): SqlValue[] {
  const values: SqlValue[] = [];
  for (const value of statement.values) {
    if (typeof value === 'string') values.push(storableText(value));
    else if (typeof value === 'number') values.push(storableNumber(value));
    else if (value === null) values.push(value);
    else throw new StorageError('value', `a value must be text, a whole number or null, not ${typeof value}`);
  }
  return values;
}

function storableText(text: string): string {
  if (text.includes('\0')) throw new StorageError('value', 'text with a NUL character cannot be stored');
  if (!text.isWellFormed()) throw new StorageError('value', 'text with half a surrogate pair cannot be stored');
  return text;
}

function storableNumber(number: number): number {
  if (!Number.isSafeInteger(number))
    throw new StorageError('value', `${number} is not a whole number that can be stored`);
  return number;
}
