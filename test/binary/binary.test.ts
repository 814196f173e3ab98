import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { binary, buildBinaryOnce } from '../support/program.ts';

beforeAll(buildBinaryOnce, 300_000);

let castellan: Installation;
beforeEach(async () => {
  castellan = await newInstallation(binary);
});
afterEach(() => castellan.remove());

describe.skipIf(process.platform !== 'linux')(
  'the single binary, alone in an empty folder',
  { timeout: 60_000 },
  () => {
    test('runs every command', async () => {
      const ran = new Set(['serve']);
      async function run(name: string, words: readonly string[] = [], input = ''): Promise<string> {
        ran.add(name);
        const { status, stdout, stderr } = await castellan.spawn([...name.split(' '), ...words], { input });
        expect({ name, status, stderr: stderr.replace(/^\{"level":"warn".*\n/gm, '') }).toMatchObject({ status: 0 });
        return stdout;
      }
      const secretId = (json: string): string => /"id": "([\da-f]{32})"/.exec(json)?.[1] ?? 'no secret';
      await castellan.start();
      const metadata = JSON.stringify({ client_name: 'Wiki', redirect_uris: ['https://wiki.example/callback'] });
      await run('client add', ['--metadata', metadata, '--client-id', 'wiki']);
      await run('client update', ['wiki', '--metadata', '{"client_name":"Our Wiki"}']);
      await run('client add-secret', ['wiki']);
      await run('client remove-secret', ['wiki', secretId(await run('client show', ['wiki', '--json']))]);
      expect(await run('client list')).toContain('Our Wiki');
      await run('client remove', ['wiki']);

      await run('user add', ['--username', 'ada', '--email', 'ada@example.com', '--admin']);
      await run('user add', ['--username', 'bob', '--email', 'bob@example.com']);
      await run('user set-password', ['bob'], 'correct horse battery staple\n');
      await run('user recovery-link', ['bob']);
      await run('user remove-second-factors', ['bob']);
      await run('user disable', ['bob']);
      await run('user enable', ['bob']);
      expect(await run('user show', ['bob'])).toContain('bob@example.com');
      await run('user remove', ['bob']);
      expect(await run('user list')).not.toContain('bob');

      await run('keys rotate', ['--immediately']);
      expect(await run('keys list')).toMatch(/ES256 +current/);
      await run('setup-link');

      const tokenId = secretId(await run('registration-token add'));
      expect(await run('registration-token list')).toContain(tokenId);
      await run('registration-token remove', [tokenId]);
      await run('resource add', ['https://api.example/', '--name', 'Our API']);
      expect(await run('resource list')).toContain('Our API');
      await run('resource update', ['https://api.example/', '--open']);
      await run('resource remove', ['https://api.example/']);
      const github = JSON.stringify({ kind: 'github', label: 'GitHub', client_id: 'i', client_secret: 's' });
      await run('identity-provider add', ['github', '--settings', github]);
      expect(await run('identity-provider list')).toContain('GitHub');
      await run('identity-provider update', ['github', '--settings', '{"label": "Our GitHub"}']);
      await run('identity-provider remove', ['github']);
      const invitationId = secretId(await run('invitation add', ['--email', 'bob@example.com', '--json']));
      expect(await run('invitation list')).toContain('bob@example.com');
      await run('invitation remove', [invitationId]);
      expect([...ran].toSorted()).toEqual([...commands.keys()].toSorted());
    });

    test('says what it is and how it is used', async () => {
      expect(await castellan.spawn(['--version'])).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' });
      expect((await castellan.spawn(['--help'])).stdout).toContain('Usage: castellan');
      expect(await castellan.spawn(['sirve'])).toMatchObject({ status: 2, stdout: '' });
    });

    test('leaves nothing behind of the SQLite add-on', async () => {
      const temporary = join(castellan.folder, 'temporary');
      mkdirSync(temporary);
      const server = await castellan.start({ TMPDIR: temporary });
      expect(readdirSync(temporary)).toEqual([]);
      expect(
        readdirSync(join(castellan.folder, 'data')).filter((name) => !name.startsWith('castellan.sqlite')),
      ).toEqual([]);
      expect(await server.stop()).toBe(0);
    });

    test('loads the SQLite add-on from beside the database when it may write nowhere else', async () => {
      const server = await castellan.start({ TMPDIR: '/there/is/no/such/folder' });
      expect(await server.stop()).toBe(0);
    });

    test('takes no options of Node from its environment', async () => {
      const settings = { NODE_OPTIONS: '--require=./not-there.js' };
      expect(await castellan.spawn(['--version'], { settings })).toMatchObject({ status: 0, stderr: '' });
    });
  },
);
