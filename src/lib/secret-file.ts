import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OperatorError } from './operator-error.ts';

const secretBytes = 32;

/**
 * The 32 bytes of the secret file, or undefined when there is none. Throws an OperatorError when the file can be read
 * by others than its owner, has another length, or cannot be read.
 */
export function readSecretFile(file: string): Buffer | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isFile()) throw new OperatorError(`${file} must be a file of ${secretBytes} bytes, and is not a file.`);
  // Windows has no such modes; there the folder's access list is what protects the file.
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0)
    throw new OperatorError(`${file} can be read by other users of this machine; run: chmod 600 ${file}`);
  if (stats.size !== secretBytes) throw new OperatorError(lengthRule(file, stats.size));
  return withReason(`${file} cannot be read`, () => readFileSync(file));
}

/**
 * Makes the secret file, mode 0600 in a folder of mode 0700, and returns what it holds. It appears whole or not at all,
 * and survives a power cut once this returns. When another process was quicker, its bytes are the answer.
 */
export function createSecretFile(file: string, randomBytes: (size: number) => Buffer): Buffer {
  withReason(`${file} cannot be made`, () => make(file, randomBytes));
  const bytes = readSecretFile(file);
  if (!bytes) throw new OperatorError(`${file} disappeared while it was being made.`);
  return bytes;
}

function make(file: string, randomBytes: (size: number) => Buffer): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${basename(file)}.${randomBytes(8).toString('hex')}`);
  try {
    writeDurably(temporary, randomBytes(secretBytes));
    linkUnlessThere(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(folder);
}

/** What the operating system refused, with what we wanted of it. */
function withReason<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new OperatorError(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function lengthRule(file: string, size: number): string {
  return `${file} must hold exactly ${secretBytes} bytes, and holds ${size}; put back the file this server was started with.`;
}

function writeDurably(file: string, bytes: Buffer): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A link, and not a rename, because a rename would replace what another process has just made. */
function linkUnlessThere(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
