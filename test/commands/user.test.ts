import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

const password = 'correct horse battery staple';
let castellan: Installation;

/** The commands work while the server runs on the same database, which is how they are meant to be used. */
beforeAll(async () => {
  castellan = await newInstallation();
  await castellan.start();
  const words = ['user', 'add', '--username', 'root', '--email', 'root@example.com', '--admin', '--password-stdin'];
  expect(await castellan.spawn(words, { input: password })).toEqual({ status: 0, stdout: 'Added root.\n', stderr: '' });
});
afterAll(() => castellan.remove());

async function json(...words: string[]): Promise<unknown> {
  const { status, stdout, stderr } = await castellan.run([...words, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function refused(words: readonly string[], input = ''): Promise<string> {
  const { status, stdout, stderr } = await castellan.run(words, { input });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.trimEnd()).not.toContain('\n');
  return stderr;
}

test('user add takes all there is to say about a person, and user show tells it', async () => {
  const file = join(castellan.folder, 'ada.json');
  writeFileSync(
    file,
    JSON.stringify({ given_name: 'Ada', locale: 'en-GB', phone_number: '+44 20 7946 0000', department: 'Engines' }),
  );
  const words = [
    'user',
    'add',
    '--username',
    'ada',
    '--email',
    'Ada@example.com',
    '--email-verified',
    '--name',
    'Ada Lovelace',
  ];
  const options = ['--group', 'staff', '--group', 'printing', '--claims', 'ada.json', '--password-stdin', '--json'];
  const { status, stdout } = await castellan.run([...words, ...options], { input: `${password}\n` });
  expect(status).toBe(0);
  const ada = {
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    username: 'ada',
    email: 'Ada@example.com',
    email_verified: true,
    phone_number: '+44 20 7946 0000',
    phone_number_verified: false,
    claims: { name: 'Ada Lovelace', given_name: 'Ada', locale: 'en-GB', department: 'Engines' },
    groups: ['printing', 'staff'],
    hasPassword: true,
    mustChangePassword: false,
    awaitsApproval: false,
    claimsEmail: false,
    administrator: false,
    disabled: false,
    created_at: expect.any(Number),
    updated_at: expect.any(Number),
  };
  expect(JSON.parse(stdout)).toEqual(ada);
  const signing_in = {
    ways: [{ method: 'password', count: 1 }],
    weakness: 'one-way',
    passkeys: [],
    recovery_codes_left: 0,
    identity_providers: [],
  };
  expect(await json('user', 'show', 'ada@EXAMPLE.com')).toEqual({ ...ada, signing_in });
  const shown = await castellan.run(['user', 'show', 'ada']);
  expect(shown.stdout).toMatch(/^groups +printing staff$/m);
  expect(shown.stdout).toMatch(/^signs in with +Password \(only one\)$/m);
});

test('user list shows everybody, or those who are searched for', async () => {
  await castellan.run(['user', 'add', '--username', 'bob']);
  expect(await json('user', 'list')).toEqual(expect.arrayContaining([expect.objectContaining({ username: 'bob' })]));
  expect(await json('user', 'list', '--search', 'ROOT@')).toEqual([expect.objectContaining({ username: 'root' })]);
  const { stdout } = await castellan.run(['user', 'list']);
  expect(stdout).toMatch(/^USERNAME +EMAIL +NAME +GROUPS +STATE\n/);
  expect(stdout).toMatch(/^bob +no password$/m);
  expect(stdout).toMatch(/^root +root@example\.com +administrator$/m);
});

test('without a password the way to get one is told', async () => {
  const { status, stdout, stderr } = await castellan.run(['user', 'add', '--username', 'carol']);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'Added carol.\n' });
  expect(stderr).toContain('castellan user recovery-link carol');
  const link = await castellan.run(['user', 'recovery-link', 'carol']);
  expect(link.stdout).toMatch(new RegExp(`^${castellan.url}/recovery\\?token=[\\w-]{64}\\n$`));
  expect(await json('user', 'recovery-link', 'carol')).toEqual({ url: expect.stringContaining('/recovery?token=') });
});

test('user disable, enable, set-password and remove do what they say', async () => {
  await castellan.run(['user', 'add', '--username', 'dave']);
  const steps: [string[], string, object][] = [
    [['user', 'disable', 'dave'], 'Disabled dave.\n', { disabled: true }],
    [['user', 'enable', 'dave'], 'Enabled dave.\n', { disabled: false }],
    [['user', 'set-password', 'dave'], 'Set the password of dave.\n', { hasPassword: true }],
  ];
  for (const [words, stdout, after] of steps) {
    expect(await castellan.run(words, { input: password })).toEqual({ status: 0, stdout, stderr: '' });
    expect(await json('user', 'show', 'dave')).toMatchObject(after);
  }
  expect(await castellan.run(['user', 'remove', 'dave'])).toMatchObject({ status: 0, stdout: 'Removed dave.\n' });
  expect(await refused(['user', 'show', 'dave'])).toMatch(/^There is no user "dave"/);
});

describe('a refusal is one line and exit status 1', () => {
  test.each([
    ['a name that is taken', ['user', 'add', '--username', 'ROOT'], '', /taken/],
    ['an address that is taken', ['user', 'add', '--username', 'x', '--email', 'root@example.com'], '', /e-mail/],
    ['an address that is none', ['user', 'add', '--username', 'x', '--email', 'x'], '', /^email: /],
    ['a weak password', ['user', 'add', '--username', 'x', '--password-stdin'], 'short\n', /password/],
    ['no password where one was promised', ['user', 'add', '--username', 'x', '--password-stdin'], '', /^Nothing came/],
    ['two lines of password', ['user', 'set-password', 'root'], 'correct horse\nbattery staple\n', /single line/],
    [
      'a file of claims that is not there',
      ['user', 'add', '--username', 'x', '--claims', 'none.json'],
      '',
      /none\.json/,
    ],
    ['nobody of that name', ['user', 'disable', 'nobody'], '', /^There is no user "nobody"/],
    ['the last administrator', ['user', 'remove', 'root'], '', /last administrator/],
  ])('%s', async (_title, words, input, line) => {
    expect(await refused(words, input)).toMatch(line);
  });

  test('a claims file may not name what the protocol means something by', async () => {
    writeFileSync(join(castellan.folder, 'evil.json'), JSON.stringify({ sub: 'root' }));
    expect(await refused(['user', 'add', '--username', 'x', '--claims', 'evil.json'])).toMatch(/sub/);
    writeFileSync(join(castellan.folder, 'list.json'), '["a"]');
    expect(await refused(['user', 'add', '--username', 'x', '--claims', 'list.json'])).toMatch(
      /list\.json must be a JSON object/,
    );
  });
});

test('names that a terminal would obey are shown harmless', async () => {
  const added = await castellan.run(['user', 'add', '--username', 'eve', '--name', 'E\u202eve']);
  if (added.status === 0) expect((await castellan.run(['user', 'list'])).stdout).not.toContain('\u202e');
});

test('every change on the command line is in the audit log as one of the operator', async () => {
  const { openDatabase } = await import('../../src/storage/open-database.ts');
  const { listAuditEvents } = await import('../../src/storage/audit-events.ts');
  const database = await openDatabase(`sqlite:${join(castellan.folder, 'data/castellan.sqlite')}`);
  const events = await listAuditEvents(database, { limit: 100, actor: 'command' });
  await database.close();
  const actions = new Set(events.map(({ action }) => action));
  for (const action of ['user.created', 'user.disabled', 'user.enabled', 'user.removed', 'user.password-changed'])
    expect(actions).toContain(action);
});

test('user add takes the last day of an account and a password for one time, and user set-password sets another', async () => {
  const words = ['user', 'add', '--username', 'temp', '--expires', '2030-12-31', '--temporary', '--password-stdin'];
  expect((await castellan.run(words, { input: password })).status).toBe(0);
  const expires_at = Date.UTC(2031, 0, 1) / 1000;
  expect(await json('user', 'show', 'temp')).toMatchObject({ expires_at, mustChangePassword: true });
  expect((await castellan.run(['user', 'list', '--search', 'temp'])).stdout).toContain('until 2030-12-31');
  await castellan.run(['user', 'set-password', 'temp'], { input: 'a quite different one' });
  expect(await json('user', 'show', 'temp')).toMatchObject({ mustChangePassword: false });
  await castellan.run(['user', 'set-password', 'temp', '--temporary'], { input: 'another quite different one' });
  expect(await json('user', 'show', 'temp')).toMatchObject({ mustChangePassword: true });
  const late = await castellan.run(['user', 'add', '--username', 'late', '--expires', '2030-02-30']);
  expect(late).toMatchObject({ status: 2, stderr: expect.stringContaining('is not a day such as 2030-12-31') });
});
