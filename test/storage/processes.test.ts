import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sql } from '../../src/storage/database.ts';
import { findFact } from '../../src/storage/instance.ts';
import { emptyDatabaseUrl, engines, openUntilEnd } from '../support/database.ts';

interface Running {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: AsyncIterator<string>;
  /** Resolves with the exit status, or the signal that ended the process. */
  readonly ended: Promise<number | string>;
}

/** Starts one of the programs of this folder, in a process of its own. */
function start(program: string, ...args: string[]): Running {
  const path = fileURLToPath(new URL(`programs/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: Interface = createInterface(child.stdout);
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  return { process: child, lines: lines[Symbol.asyncIterator](), ended };
}

describe.each(engines)('on %s', (engine) => {
  test('of two processes with two connections each, one gets each row', async () => {
    const url = await emptyDatabaseUrl(engine);
    const database = await openUntilEnd(url);
    await database.script(`
      CREATE TABLE tickets (id TEXT NOT NULL PRIMARY KEY, taken_by TEXT);
      CREATE TABLE stubs (ticket_id TEXT NOT NULL, taker TEXT NOT NULL);`);
    const ids = Array.from({ length: 300 }, (_, index) => `${1000 + index}`);
    await Promise.all(ids.map((id) => database.run(sql`INSERT INTO tickets (id) VALUES (${id})`)));

    const takers = ['one', 'other'].map((name) => start('take-tickets', url, name));
    for (const { lines } of takers) expect(await lines.next()).toMatchObject({ value: 'ready' });
    for (const { process } of takers) process.stdin.end('go\n');
    const taken: string[][] = await Promise.all(
      takers.map(async ({ lines }) => JSON.parse((await lines.next()).value)),
    );
    expect(await Promise.all(takers.map(({ ended }) => ended))).toEqual([0, 0]);

    expect(taken.flat().sort()).toEqual(ids);
    const stubs = sql`SELECT ticket_id FROM stubs ORDER BY ticket_id`;
    expect(await database.all(stubs)).toEqual(ids.map((ticket_id) => ({ ticket_id })));
  });

  test('a killed process loses nothing that it acknowledged, and leaves nothing half done', async () => {
    const url = await emptyDatabaseUrl(engine);
    const before = await openUntilEnd(url);
    await before.script('CREATE TABLE halves (id TEXT NOT NULL PRIMARY KEY, pair BIGINT NOT NULL)');
    await before.close();

    for (const acknowledgedBeforeTheKill of [1, 100, 500]) {
      const { process, lines, ended } = start('write-pairs', url);
      const acknowledged = new Set<number>();
      for await (const line of { [Symbol.asyncIterator]: () => lines }) {
        acknowledged.add(Number(line));
        if (acknowledged.size === acknowledgedBeforeTheKill) process.kill('SIGKILL');
      }
      expect(await ended).toBe('SIGKILL');

      const after = await openUntilEnd(url);
      const pairs = await after.all<{ pair: number; halves: number }>(
        sql`SELECT pair, COUNT(*) AS halves FROM halves WHERE id LIKE ${`${process.pid} %`} GROUP BY pair`,
      );
      expect(pairs.filter(({ halves }) => halves !== 2)).toEqual([]);
      expect([...acknowledged].filter((pair) => !pairs.some((written) => written.pair === pair))).toEqual([]);
      await after.close();
    }
  });

  test('processes that start at the same moment on an empty database all find it ready', async () => {
    const url = await emptyDatabaseUrl(engine);
    const starting = [1, 2, 3].map(() => start('migrate-once', url));
    expect(await Promise.all(starting.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const database = await openUntilEnd(url);
    expect(await findFact(database, 'schema_version')).toBeDefined();
    expect(await database.listTables()).toContain('audit_events');
  });
});
