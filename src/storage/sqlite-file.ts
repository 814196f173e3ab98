import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite3, { type Database as Connection } from 'better-sqlite3';
import { loadPackagedAddOn } from '../lib/packaged-add-on.ts';
import { isLocked } from './sqlite-error.ts';
import { describe, StorageError } from './storage-error.ts';

/** How long SQLite may block the event loop for a file that another process holds, in milliseconds. */
const busyTimeout = 50;

/** 200 pages keep a checkpoint, which blocks the event loop, within a few milliseconds. */
const checkpointPages = 200;

/** A full check reads about 1 MB in a millisecond; beyond this size it would hold up the start. */
const checkedBytes = 16 * 1024 * 1024;

/**
 * Opens a database file, made when it is missing, that is private to its owner (mode 0600) and set up so that a COMMIT
 * survives a power cut. Throws a StorageError that says in one line why the file cannot be used.
 */
export async function openSqliteFile(file: string): Promise<Connection> {
  const path = file === ':memory:' ? file : resolve(file);
  let connection: Connection | undefined;
  try {
    if (path !== ':memory:') makePrivateFile(path);
    const opened = new BetterSqlite3(path, connectionOptions(path));
    connection = opened;
    await whenUnlocked(() => setUp(opened));
    checkWhole(opened, path);
    return opened;
  } catch (error) {
    connection?.close();
    throw new StorageError('unusable', `cannot use the database ${file}: ${describe(error)}`);
  }
}

function connectionOptions(path: string): BetterSqlite3.Options {
  const options: BetterSqlite3.Options = { timeout: busyTimeout };
  const nativeBinding = loadPackagedAddOn('better_sqlite3.node', path === ':memory:' ? undefined : dirname(path));
  // The type definitions do not know yet that better-sqlite3 also takes an add-on that is loaded already.
  if (nativeBinding) Object.assign(options, { nativeBinding });
  return options;
}

function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a+', 0o600));
  // SQLite gives the two files beside it the mode of the first; a file brought here by hand may be open to others.
  for (const part of [path, `${path}-wal`, `${path}-shm`]) {
    if (((statSync(part, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0) chmodSync(part, 0o600);
  }
}

function setUp(connection: Connection): void {
  const mode = connection.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal' && !connection.memory) throw new Error('its file system does not support a write-ahead log');
  connection.pragma('synchronous = FULL');
  // On macOS fsync alone does not reach the disk.
  connection.pragma('fullfsync = ON');
  connection.pragma('foreign_keys = ON');
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  connection.pragma('journal_size_limit = 16777216');
}

function checkWhole(connection: Connection, path: string): void {
  // Reading the schema finds another kind of file and a file that was cut.
  connection.pragma('schema_version');
  if (connection.memory || statSync(path).size > checkedBytes) return;
  const found = connection.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new Error(`it is damaged: ${found}`);
}

/** Tries for about five seconds: SQLite gives up at once, without waiting, on two processes that both set up the file. */
async function whenUnlocked(work: () => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || attempt === 100) throw error;
      await pause(50);
    }
  }
}

/**
 * Copies the open database into `<file>.<label>`, or `<file>.<label>.2` and so on when there is such a file already,
 * with mode 0600 and flushed to the disk. Returns the path. Throws a StorageError, for one when the disk is full.
 */
export function copySqliteFile(connection: Connection, label: string): string {
  const copy = newFile(`${connection.name}.${label}`);
  const unfinished = `${copy}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    closeSync(openSync(unfinished, 'wx', 0o600));
    connection.prepare('VACUUM INTO ?').run(unfinished);
    flush(unfinished, 'r+');
    renameSync(unfinished, copy);
    // Windows has no way to flush a folder, and no need to.
    if (process.platform !== 'win32') flush(dirname(copy), 'r');
    return copy;
  } catch (error) {
    for (const path of [unfinished, copy]) rmSync(path, { force: true });
    throw new StorageError('unusable', `cannot copy the database to ${copy}: ${describe(error)}`);
  }
}

function newFile(name: string): string {
  for (let number = 1; ; number++) {
    const path = number === 1 ? name : `${name}.${number}`;
    try {
      closeSync(openSync(path, 'wx', 0o600));
      return path;
    } catch (error) {
      if (!existsSync(path)) throw new StorageError('unusable', `cannot make the file ${path}: ${describe(error)}`);
    }
  }
}

function flush(path: string, mode: 'r' | 'r+'): void {
  const descriptor = openSync(path, mode);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
