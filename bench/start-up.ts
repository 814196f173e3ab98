/**
 * How long a start takes, from the start of the process to the first 200 of the OpenID configuration, for the checkout
 * and for the single binary (`npm run binary` makes it). A first start makes the database and the keys; a later one
 * finds them. Run it on an idle machine: `node bench/start-up.ts [runs]`, in a checkout after `npm ci`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const checkout = resolve(import.meta.dirname, '..');
const binary = join(checkout, 'dist/castellan');
const programs = [
  { name: 'checkout', words: [process.execPath, join(checkout, 'src/main.ts')] },
  ...(existsSync(binary) ? [{ name: 'binary', words: [binary] }] : []),
];

await measure(Number(process.argv[2] ?? 15));

/** The programs take turns, so that what else happens on the machine meets them alike. */
async function measure(runs: number): Promise<void> {
  const results = programs.map(({ name, words }) => ({ name, words, first: [] as number[], later: [] as number[] }));
  for (let run = 0; run < runs; run++)
    for (const { words, first, later } of results) {
      const folder = mkdtempSync(join(tmpdir(), 'castellan-start-up-'));
      first.push(await timeStart(words, folder));
      later.push(await timeStart(words, folder));
      rmSync(folder, { recursive: true });
    }
  console.log(
    `Milliseconds from start to first answer, median of ${runs} (lowest to highest), Node ${process.version}`,
  );
  for (const { name, first, later } of results)
    console.log(`${name.padEnd(10)} first start ${summary(first)}   later starts ${summary(later)}`);
}

async function timeStart([file = '', ...words]: readonly string[], cwd: string): Promise<number> {
  const port = await freePort();
  const env = { ...process.env, CASTELLAN_PORT: String(port), CASTELLAN_LOG_LEVEL: 'silent' };
  const begin = performance.now();
  const server = spawn(file, words, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  while (!(await isServing(server, port))) await pause(2);
  const milliseconds = performance.now() - begin;
  server.kill('SIGTERM');
  await once(server, 'exit');
  return milliseconds;
}

async function isServing(server: ChildProcess, port: number): Promise<boolean> {
  if (server.exitCode !== null) throw new Error(`the server ended with exit status ${server.exitCode}`);
  const { promise, resolve: settle } = Promise.withResolvers<boolean>();
  const path = '/oidc/.well-known/openid-configuration';
  const request = get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
    response.resume();
    response.on('end', () => settle(response.statusCode === 200));
  });
  request.on('error', () => settle(false));
  return promise;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

function summary(milliseconds: readonly number[]): string {
  const sorted = milliseconds.map(Math.round).toSorted((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]} to ${sorted.at(-1)})`;
}
