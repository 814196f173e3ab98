import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Installation, newInstallation, type RunningServer, until } from '../support/castellan-process.ts';

let castellan: Installation;
beforeEach(async () => {
  castellan = await newInstallation();
});
afterEach(() => castellan.remove());

const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${castellan.port}${path}`)).status;

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with status 0 and a whole database', async (signal) => {
    const server = await castellan.start();
    await fetch(`http://127.0.0.1:${castellan.port}/healthz`);
    expect(await server.stop(signal)).toBe(0);
    expect(server.stderr()).toBe('');
    // The last process that closes an SQLite database leaves no log beside it.
    expect(readdirSync(join(castellan.folder, 'data'))).toEqual(['castellan.sqlite']);
  });

  test('a request that runs gets its answer, readiness is off, and nobody else is let in', async () => {
    const server = await castellan.start();
    const running = await talk(
      'POST /oidc/oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 19\r\n\r\ngrant_',
    );
    const probing = await talk('GET /readyz HTTP/1.1\r\nhost: x\r\n');
    const ended = server.stop();
    await until(() => server.stdout().includes('"stopping"'));
    await until(async () => !(await canConnect()));
    probing.socket.write('\r\n');
    await until(() => probing.heard().includes('\r\n\r\n'));
    expect(probing.heard()).toMatch(/^HTTP\/1\.1 503 /);
    running.socket.write('type=password');
    expect(await ended).toBe(0);
    expect(running.heard()).toMatch(/^HTTP\/1\.1 4\d\d [\s\S]*"error"/);
  });

  test('a request that never ends is cut', async () => {
    const server = await castellan.start();
    const { socket } = await talk('POST /oidc/oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n');
    const closed = once(socket, 'close');
    expect(await server.stop()).toBe(0);
    await closed;
  });

  test('a second signal ends it at once, unless it is the same Ctrl-C heard twice', async () => {
    const server = await castellan.start();
    const running = await talk('POST /oidc/oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n');
    server.process.kill('SIGINT');
    await until(() => server.stdout().includes('"stopping"'));
    server.process.kill('SIGINT');
    running.socket.write('123456789');
    await until(() => running.heard() !== '');
    expect(await server.ended).toBe(0);

    const hung = await castellan.start();
    await talk('POST /oidc/oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n');
    await until(() => !hung.process.kill('SIGTERM'));
    expect(await hung.ended).toBe(1);
  });
});

describe('an error that nobody caught', () => {
  test.each([
    ['thrown', "setImmediate(()=>{throw(new(Error)('boom'))})"],
    ['in a promise', "Promise.reject(new(Error)('boom'))"],
  ])('%s is logged, and ends it with status 1 once what runs is finished', async (_title, failure) => {
    const script = `data:text/javascript,process.on('SIGUSR2',()=>{${failure}})`;
    const server = await castellan.start({ NODE_OPTIONS: `--import=${script}` });
    const running = await talk('POST /oidc/oauth2/token HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n');
    server.process.kill('SIGUSR2');
    await until(() => server.stdout().includes('"boom"'));
    running.socket.write('123456789');
    expect(await server.ended).toBe(1);
    expect(running.heard()).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(server.stdout()).toMatch(/"level":"fatal".*"message":"boom"/);
    expect(server.stderr()).toBe('Castellan stopped because of an error of its own; the log tells more.\n');
  });
});

describe('several workers', () => {
  test('share the port and the database, are replaced when they die, and end together', async () => {
    const server = await castellan.start({ CASTELLAN_WORKERS: '2' });
    expect(server.stdout()).toContain('Make the administrator');
    await until(() => listening(server) === 2);
    expect(await statusOf('/readyz')).toBe(200);
    const [victim = 0, survivor = 0] = workersOf(server);
    process.kill(victim, 'SIGKILL');
    await until(() => listening(server) === 3);
    expect(workersOf(server)).toHaveLength(2);
    expect(workersOf(server)).toContain(survivor);
    expect(workersOf(server)).not.toContain(victim);
    expect(await statusOf('/readyz')).toBe(200);
    const workers = workersOf(server);
    expect(await server.stop()).toBe(0);
    expect(workers.filter(isAlive)).toEqual([]);
    expect(server.stderr()).toBe('');
  });

  test('end when the process that started them is killed', async () => {
    const server = await castellan.start({ CASTELLAN_WORKERS: '2' });
    await until(() => workersOf(server).length === 2);
    const workers = workersOf(server);
    server.process.kill('SIGKILL');
    await until(() => !workers.some(isAlive));
  });
});

async function talk(beginning: string): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(castellan.port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(beginning);
  // The server has read the beginning once it answers somebody who came later.
  await fetch(`http://127.0.0.1:${castellan.port}/healthz`);
  return { socket, heard: () => heard };
}

async function canConnect(): Promise<boolean> {
  const socket = connect(castellan.port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function workersOf(server: RunningServer): number[] {
  const { pid } = server.process;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}

/** How many workers have ever begun to listen. */
function listening(server: RunningServer): number {
  return server.stdout().match(/Server listening/g)?.length ?? 0;
}

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
