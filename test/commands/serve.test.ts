import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setFact } from '../../src/storage/instance.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { type Installation, newInstallation, type RunningServer, until } from '../support/castellan-process.ts';

let castellan: Installation;
beforeEach(async () => {
  castellan = await newInstallation();
});
afterEach(() => castellan.remove());

const mode = (name: string) => statSync(join(castellan.folder, name)).mode & 0o777;
const setupLinkOf = (server: RunningServer) => /^Make the administrator +(\S+)$/m.exec(server.stdout())?.[1];
const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${castellan.port}${path}`)).status;

describe('the first start', () => {
  test('makes data and keys for this user alone, says where it is, and serves', async () => {
    const server = await castellan.start();
    expect(server.stdout()).toContain(`Castellan is running at ${castellan.url}\n`);
    expect(server.stdout()).toContain(`${castellan.url}/oidc/.well-known/openid-configuration\n`);
    expect(setupLinkOf(server)).toMatch(new RegExp(`^${castellan.url}/setup\\?token=[\\w-]{64}$`));
    expect([mode('data'), mode('data/castellan.sqlite')]).toEqual([0o700, 0o600]);
    expect([mode('keys'), mode('keys/secret.key')]).toEqual([0o700, 0o600]);
    expect(statSync(join(castellan.folder, 'keys/secret.key')).size).toBe(32);
    expect(readdirSync(castellan.folder).toSorted()).toEqual(['data', 'keys']);
    expect(readdirSync(join(castellan.folder, 'keys'))).toEqual(['secret.key']);
    expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 200]);
    expect(server.stderr()).toBe('');
  });

  test('the setup link is printed at each start until there is an administrator, and the secret stays', async () => {
    const first = await castellan.start();
    const secret = readFileSync(join(castellan.folder, 'keys/secret.key'));
    await first.stop();
    const second = await castellan.start();
    expect(setupLinkOf(second)).toBeDefined();
    expect(setupLinkOf(second)).not.toBe(setupLinkOf(first));
    const words = ['user', 'add', '--username', 'ada', '--admin', '--password-stdin'];
    expect(await castellan.spawn(words, { input: 'correct horse battery staple\n' })).toMatchObject({ status: 0 });
    await second.stop();
    const third = await castellan.start();
    expect(third.stdout()).toContain('OpenID configuration');
    expect(setupLinkOf(third)).toBeUndefined();
    expect(readFileSync(join(castellan.folder, 'keys/secret.key'))).toEqual(secret);
  });

  test('takes a secret file that is there already', async () => {
    const file = join(castellan.folder, 'my.key');
    writeFileSync(file, Buffer.alloc(32, 7), { mode: 0o600 });
    const server = await castellan.start({ CASTELLAN_SECRET_FILE: 'my.key' });
    expect(await server.stop()).toBe(0);
    expect(existsSync(join(castellan.folder, 'keys'))).toBe(false);
    expect(readFileSync(file)).toEqual(Buffer.alloc(32, 7));
  });
});

describe('what stands against a start is one clear line, exit status 1, and nothing is made or changed', () => {
  const secretFile = () => join(castellan.folder, 'keys/secret.key');

  async function expectRefusal(line: RegExp, settings: Record<string, string> = {}): Promise<void> {
    const before = contents(castellan.folder);
    const { status, stdout, stderr } = await castellan.spawn([], { settings });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(contents(castellan.folder)).toEqual(before);
  }

  test('a port that is in use', async () => {
    const other = createServer().listen(castellan.port, '127.0.0.1');
    await once(other, 'listening');
    await expectRefusal(new RegExp(`^Port ${castellan.port} of 127\\.0\\.0\\.1 is in use; .*CASTELLAN_PORT`));
    other.close();
  });

  test('an address that is not of this machine', async () => {
    await expectRefusal(/^192\.0\.2\.1 is not an address of this machine/, { CASTELLAN_HOST: '192.0.2.1' });
  });

  test('a folder in which nothing can be made', async () => {
    writeFileSync(join(castellan.folder, 'file'), '');
    await expectRefusal(/file/, { CASTELLAN_DATABASE_URL: 'sqlite:file/castellan.sqlite' });
  });

  test('a database that is something else', async () => {
    writeFileSync(join(castellan.folder, 'letter.txt'), 'Dear Ada,\n'.repeat(1000), { mode: 0o600 });
    await expectRefusal(/letter\.txt/, { CASTELLAN_DATABASE_URL: 'sqlite:letter.txt' });
  });

  test.each([
    ['can be read by others', () => chmodSync(secretFile(), 0o640), /can be read by other users .*chmod 600/],
    ['is too short', () => writeFileSync(secretFile(), 'short'), /must hold exactly 32 bytes, and holds 5/],
    [
      'belongs to another database',
      () => writeFileSync(secretFile(), Buffer.alloc(32, 1)),
      /belongs to another database/,
    ],
    ['is missing', () => renameSync(secretFile(), join(castellan.folder, 'moved')), /secret\.key is missing/],
  ])('a secret file that %s', async (_title, spoil, line) => {
    await castellan.run(['setup-link']);
    spoil();
    await expectRefusal(line);
  });

  test('a secret file that others can read stops even the first start', async () => {
    writeFileSync(join(castellan.folder, 'open.key'), Buffer.alloc(32, 7), { mode: 0o600 });
    chmodSync(join(castellan.folder, 'open.key'), 0o644);
    await expectRefusal(/open\.key can be read by other users/, { CASTELLAN_SECRET_FILE: 'open.key' });
  });

  test('a database of a newer version', async () => {
    await castellan.run(['setup-link']);
    const database = await openDatabase(`sqlite:${join(castellan.folder, 'data/castellan.sqlite')}`);
    await setFact(database, 'schema_version', '999');
    await database.close();
    await expectRefusal(/newer Castellan/);
  });

  test('mistakes in the settings, all at once', async () => {
    writeFileSync(join(castellan.folder, 'castellan.yaml'), 'WORKERS: none\n');
    const { status, stdout, stderr } = await castellan.spawn([], {
      settings: { CASTELLAN_PORT: 'x', CASTELLAN_HOTS: 'y' },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(3);
    expect(readdirSync(castellan.folder)).toEqual(['castellan.yaml']);
  });

  test('a secret file that comes back lets it start again', async () => {
    await castellan.run(['setup-link']);
    const moved = join(castellan.folder, 'moved');
    renameSync(secretFile(), moved);
    await expectRefusal(/missing/);
    renameSync(moved, secretFile());
    await castellan.start();
  });
});

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
    expect(setupLinkOf(server)).toBeDefined();
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

/** Every file below a folder with its content, but for what SQLite keeps beside an open database. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/-(wal|shm)$/.test(name));
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      const stats = statSync(path);
      const text = stats.isFile() ? readFileSync(path).toString('base64') : '';
      return [name, `${(stats.mode & 0o777).toString(8)} ${text}`];
    }),
  );
}

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
