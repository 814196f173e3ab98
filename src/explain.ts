import { CommanderError } from 'commander';
import { z } from 'zod';
import { WordsError } from './commands/command.ts';
import { ConfigError } from './config.ts';
import { UserError } from './identity/user-error.ts';
import { OAuthError } from './lib/errors.ts';
import { OperatorError } from './lib/operator-error.ts';
import { SealError } from './lib/seal.ts';
import { StorageError } from './storage/storage-error.ts';

/**
 * What the operator reads of an error, and the exit status: 1 when something was not possible, 2 when the words of the
 * command line were not understood. Only an error that is our own bug is told with its stack.
 */
export function explain(error: unknown): { readonly lines: readonly string[]; readonly status: 1 | 2 } {
  if (error instanceof CommanderError) return { lines: commanderLines(error), status: 2 };
  if (error instanceof WordsError) return { lines: error.lines, status: 2 };
  if (error instanceof z.ZodError) return { lines: error.issues.map(issueLine), status: 1 };
  if (error instanceof ConfigError) return { lines: error.mistakes, status: 1 };
  if (error instanceof OAuthError) return { lines: [error.error_description], status: 1 };
  if (isForOperators(error)) return { lines: [oneLine(error.message)], status: 1 };
  if (error instanceof Error && 'syscall' in error) return { lines: [oneLine(error.message)], status: 1 };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lines: ['Castellan met an error of its own:', text], status: 1 };
}

function isForOperators(error: unknown): error is Error {
  return [OperatorError, UserError, StorageError, SealError].some((kind) => error instanceof kind);
}

/** Without the "error: " that commander begins with, and with its suggestion on the same line. */
function commanderLines(error: CommanderError): string[] {
  if (error.code === 'commander.help') return [];
  const text = oneLine(error.message.replace(/^error: /, ''));
  return [`${text[0]?.toUpperCase() ?? ''}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'}`];
}

/** What a schema of ours refuses in a document, by the member's name. */
function issueLine({ path, message }: z.core.$ZodIssue): string {
  return oneLine(path.length > 0 ? `${path.join('.')}: ${message}` : message);
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
