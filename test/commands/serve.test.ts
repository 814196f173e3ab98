import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setFact } from '../../src/storage/instance.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { type Installation, newInstallation, type RunningServer } from '../support/castellan-process.ts';

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
