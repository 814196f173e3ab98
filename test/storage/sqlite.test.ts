import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, sql } from '../../src/storage/database.ts';
import { freshDatabaseUrl, openUntilEnd } from '../support/database.ts';

/** What only SQLite has: a file, its log and its lock. */
async function open(): Promise<{ database: Database; path: string }> {
  const url = await freshDatabaseUrl('sqlite');
  return { database: await openUntilEnd(url), path: url.slice('sqlite:'.length) };
}

const throttle = (key: string, attempts = 0) =>
  sql`INSERT INTO throttles (key, attempts, refused_until, updated_at) VALUES (${key}, ${attempts}, ${0}, ${0})`;

const count = async (database: Database) => {
  const row = await database.get<{ count: number }>(sql`SELECT COUNT(*) AS count FROM throttles`);
  return row?.count;
};

const mode = (path: string) => statSync(path).mode & 0o777;

test.each([
  ['a write-ahead log', sql`PRAGMA journal_mode`, { journal_mode: 'wal' }],
  ['a flush to the disk at each commit', sql`PRAGMA synchronous`, { synchronous: 2 }],
  ['a flush that macOS does not put off', sql`PRAGMA fullfsync`, { fullfsync: 1 }],
  ['foreign keys', sql`PRAGMA foreign_keys`, { foreign_keys: 1 }],
  ['small checkpoints', sql`PRAGMA wal_autocheckpoint`, { wal_autocheckpoint: 200 }],
  ['a short wait for the lock', sql`PRAGMA busy_timeout`, { timeout: 50 }],
])('the connection has %s', async (_what, pragma, expected) => {
  const { database } = await open();
  expect(await database.get(pragma)).toEqual(expected);
});

test('only its owner can read the file and the two beside it', async () => {
  const { database, path } = await open();
  await database.run(throttle('a'));
  for (const part of [path, `${path}-wal`, `${path}-shm`]) expect([part, mode(part)]).toEqual([part, 0o600]);
});

test('a file that others could read is closed to them', async () => {
  const path = (await freshDatabaseUrl('sqlite')).slice('sqlite:'.length);
  chmodSync(path, 0o644);
  await openUntilEnd(`sqlite:${path}`);
  expect(mode(path)).toBe(0o600);
});

test('folders that are missing are made for the owner alone', async () => {
  const folder = `${(await freshDatabaseUrl('sqlite')).slice('sqlite:'.length)}.d`;
  await openUntilEnd(`sqlite:${folder}/deeper/castellan.sqlite`);
  expect(mode(folder)).toBe(0o700);
  expect(mode(`${folder}/deeper`)).toBe(0o700);
});

test('the writes of one turn of the event loop share one commit', async () => {
  const { database, path } = await open();
  await Promise.all(Array.from({ length: 50 }, (_, index) => database.run(throttle(`together ${index}`))));
  expect(commitsIn(path)).toBe(1);
  for (let index = 0; index < 5; index++) await database.run(throttle(`alone ${index}`));
  expect(commitsIn(path)).toBe(6);
});

test('a read in the same turn does not see a write that is not durable yet', async () => {
  const { database } = await open();
  const writing = database.run(throttle('a'));
  expect(await count(database)).toBe(0);
  await writing;
  expect(await count(database)).toBe(1);
});

test('reads go on while another process holds the lock, and writes wait for it', async () => {
  const { database, path } = await open();
  const other = new BetterSqlite3(path);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const writing = Promise.all([database.run(throttle('a')), database.batch([throttle('b'), throttle('c')])]);
  for (let turn = 0; turn < 20; turn++) {
    expect(await count(database)).toBe(0);
    await new Promise(setImmediate);
  }
  const joining = database.run(throttle('d'));
  other.exec('COMMIT');
  expect(await Promise.all([writing, joining])).toEqual([[1, true], 1]);
  expect(await count(database)).toBe(4);
});

test('a lock that is never given back makes writes unavailable, and only them', async () => {
  const { database, path } = await open();
  const other = new BetterSqlite3(path);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  await expect(database.run(throttle('a'))).rejects.toMatchObject({ name: 'StorageError', reason: 'unavailable' });
  expect(await count(database)).toBe(0);
  other.exec('ROLLBACK');
  expect(await database.run(throttle('a'))).toBe(1);
});

test('on a full disk the whole group fails, reads go on, and writes succeed when there is room again', async () => {
  const { database } = await open();
  const pages = await database.get<{ page_count: number }>(sql`PRAGMA page_count`);
  await database.script(`PRAGMA max_page_count = ${(pages?.page_count ?? 0) + 10}`);
  const outcomes = await Promise.allSettled([
    database.run(throttle('small')),
    database.run(throttle('large'.repeat(20_000))),
    database.run(throttle('small, too')),
  ]);
  const failure = {
    status: 'rejected',
    reason: expect.objectContaining({ name: 'StorageError', reason: 'unavailable' }),
  };
  expect(outcomes).toEqual([failure, failure, failure]);
  expect(await count(database)).toBe(0);

  await database.script('PRAGMA max_page_count = 1000000');
  expect(await database.run(throttle('large'.repeat(20_000)))).toBe(1);
});

test('a commit that fails rejects its whole group and leaves the connection usable', async () => {
  const { database } = await open();
  // A deferred constraint is the one failure that only COMMIT finds.
  await database.script(`
    CREATE TABLE a (id TEXT PRIMARY KEY);
    CREATE TABLE b (a_id TEXT REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)`);
  const outcomes = await Promise.allSettled([
    database.run(throttle('a')),
    database.run(sql`INSERT INTO b VALUES (${'absent'})`),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await count(database)).toBe(0);
  expect(await database.run(throttle('a'))).toBe(1);
});

test('a snapshot is a whole, private copy beside the file, and never replaces another', async () => {
  const { database, path } = await open();
  await database.run(throttle('a'));
  const first = await database.snapshot('version-1');
  await database.run(throttle('b'));
  const second = await database.snapshot('version-1');
  expect([first, second]).toEqual([`${path}.version-1`, `${path}.version-1.2`]);
  expect(mode(`${path}.version-1`)).toBe(0o600);
  const copies = await Promise.all([openUntilEnd(`sqlite:${first}`), openUntilEnd(`sqlite:${second}`)]);
  expect(await Promise.all(copies.map(count))).toEqual([1, 2]);
  expect(existsSync(`${path}.version-1.unfinished`)).toBe(false);
});

/** How many commits are in the write-ahead log: each ends with a frame that holds the size of the database. */
function commitsIn(path: string): number {
  const log = readFileSync(`${path}-wal`);
  const salt = (at: number) => log.toString('hex', at, at + 8);
  const frameBytes = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let frame = 32; frame < log.length && salt(frame + 8) === salt(16); frame += frameBytes) {
    if (log.readUInt32BE(frame + 4) > 0) commits++;
  }
  return commits;
}
