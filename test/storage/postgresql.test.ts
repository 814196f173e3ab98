import { Client } from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { type Database, join, sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { freshDatabaseUrl, openUntilEnd } from '../support/database.ts';

/** What only PostgreSQL has: connections that are lost, transactions that lose, and a server with its own settings. */
let url: string;
let database: Database;
beforeEach(async () => {
  url = await freshDatabaseUrl('postgresql');
  database = await openUntilEnd(url);
});

const unavailable = { name: 'StorageError', reason: 'unavailable' };

const throttle = (key: string) => sql`INSERT INTO throttles VALUES (${key}, ${0}, ${0}, ${0})`;
const raise = (key: string) => sql`UPDATE throttles SET attempts = attempts + 1 WHERE key = ${key}`;
const total = () => database.get(sql`SELECT SUM(attempts) AS attempts FROM throttles`);

/** Ends all connections to the database but its own, as a restarting server does. */
async function endConnections(): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await client.end();
}

test('a connection that is lost while idle is replaced', async () => {
  await Promise.all(Array.from({ length: 5 }, (_, index) => database.run(throttle(`${index}`))));
  await endConnections();
  await expect.poll(() => database.run(raise('0')).catch(() => 'lost')).toBe(1);
});

test('a statement whose connection is lost is unavailable, and the next one has another connection', async () => {
  const waiting = database.get(sql`SELECT pg_sleep(${60})`);
  const refused = expect(waiting).rejects.toMatchObject(unavailable);
  await expect.poll(sleepers).toBe(1);
  await endConnections();
  await refused;
  await expect.poll(() => database.run(throttle('a')).catch(() => 'lost')).toBe(1);
});

test('a batch whose connection is lost is unavailable and leaves nothing', async () => {
  const waiting = database.batch([
    throttle('a'),
    sql`UPDATE throttles SET key = ${'b'} WHERE pg_sleep(${60}) IS NOT NULL`,
  ]);
  const refused = expect(waiting).rejects.toMatchObject(unavailable);
  await expect.poll(sleepers).toBe(1);
  await endConnections();
  await refused;
  await expect.poll(() => database.run(throttle('a')).catch(() => 'lost')).toBe(1);
});

async function sleepers(): Promise<number> {
  const row = await database.get<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  );
  return row?.count ?? 0;
}

test('batches that lock the same rows in opposite orders all succeed', async () => {
  await database.batch([throttle('a'), throttle('b')]);
  const orders = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? ['a', 'b'] : ['b', 'a']));
  const batches = orders.map(([first = '', second = '']) => database.batch([raise(first), raise(second)]));
  expect(await Promise.all(batches)).not.toContain(false);
  expect(await total()).toEqual({ attempts: 40 });
});

test('transactions that a stricter isolation refuses are tried again', async () => {
  await database.run(throttle('a'));
  const name = new URL(url).pathname.slice(1);
  await database.script(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
  const strict = await openUntilEnd(url);
  await Promise.all(Array.from({ length: 6 }, () => strict.batch([raise('a'), raise('a')])));
  await Promise.all(Array.from({ length: 6 }, () => strict.run(raise('a'))));
  expect(await total()).toEqual({ attempts: 18 });
});

test('a commit is flushed to the disk even where the server is set not to', async () => {
  const name = new URL(url).pathname.slice(1);
  await database.script(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  const careful = await openUntilEnd(url);
  expect(await careful.get(sql`SHOW synchronous_commit`)).toEqual({ synchronous_commit: 'on' });
});

test('a stricter commit than that stays', async () => {
  const name = new URL(url).pathname.slice(1);
  await database.script(`ALTER DATABASE ${name} SET synchronous_commit = remote_apply`);
  const careful = await openUntilEnd(url);
  expect(await careful.get(sql`SHOW synchronous_commit`)).toEqual({ synchronous_commit: 'remote_apply' });
});

test('a connection keeps each statement prepared once, and only so many', async () => {
  const single = await openDatabase(url, { connections: 1 });
  for (let length = 1; length <= 600; length++) {
    const keys = join(Array(length).fill('a'));
    for (let time = 0; time < 2; time++) await single.all(sql`SELECT key FROM throttles WHERE key IN (${keys})`);
  }
  const kept = await single.get(sql`SELECT COUNT(*) AS count FROM pg_prepared_statements`);
  expect(kept).toEqual({ count: 500 });
  await single.close();
});

test('more callers than connections all have their turn', async () => {
  await database.run(throttle('a'));
  expect(await Promise.all(Array.from({ length: 100 }, () => database.run(raise('a'))))).not.toContain(0);
  expect(await total()).toEqual({ attempts: 100 });
});

test('a snapshot is left to the tools of PostgreSQL', async () => {
  expect(await database.snapshot('version-1')).toBeUndefined();
});
