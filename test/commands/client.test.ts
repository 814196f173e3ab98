import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { basic } from '../support/provider.ts';

const machine = { grant_types: ['client_credentials'], response_types: [], scope: 'read' };
const wiki = { client_name: 'Wiki', redirect_uris: ['https://wiki.example.com/callback'] };
let castellan: Installation;

beforeAll(async () => {
  castellan = await newInstallation();
  await castellan.start();
});
afterAll(() => castellan.remove());

async function answer(words: readonly string[], input = ''): Promise<Record<string, unknown>> {
  const { status, stdout, stderr } = await castellan.run(words, { input });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function refused(words: readonly string[], input = ''): Promise<string> {
  const { status, stdout, stderr } = await castellan.run(words, { input });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.trimEnd()).not.toContain('\n');
  return stderr;
}

/** Whether the running server takes these credentials at its token endpoint. */
async function works(client_id: string, client_secret: unknown): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${castellan.port}/oidc/oauth2/token`, {
    method: 'POST',
    headers: { authorization: basic({ client_id, client_secret: String(client_secret) }) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return response.status === 200;
}

test('client add prints the registration response, and its secret works on the running server at once', async () => {
  const { status, stdout } = await castellan.spawn(['client', 'add', '--metadata', '@-'], {
    input: JSON.stringify(machine),
  });
  expect(status).toBe(0);
  const registered = JSON.parse(stdout);
  expect(registered).toMatchObject({
    ...machine,
    client_secret_expires_at: 0,
    token_endpoint_auth_method: 'client_secret_basic',
  });
  expect(registered.client_secret).toMatch(/^[\w-]{43}$/);
  expect(registered.client_id_issued_at).toEqual(expect.any(Number));
  expect(await works(String(registered.client_id), registered.client_secret)).toBe(true);
});

test('an application may bring its client_id and client_secret, in the document or as options', async () => {
  const given = { client_id: 'moved', client_secret: 'a secret from before' };
  writeFileSync(join(castellan.folder, 'moved.json'), JSON.stringify({ ...machine, ...given }));
  expect(await answer(['client', 'add', '--metadata', '@moved.json'])).toMatchObject(given);
  expect(await works('moved', given.client_secret)).toBe(true);
  const words = [
    'client',
    'add',
    '--metadata',
    '@-',
    '--client-id',
    'optional',
    '--client-secret',
    'another secret 123',
  ];
  expect(await answer(words, JSON.stringify(machine))).toMatchObject({
    client_id: 'optional',
    client_secret: 'another secret 123',
  });
  expect(await works('optional', 'another secret 123')).toBe(true);
});

test('a client without a secret gets none', async () => {
  const metadata = { ...wiki, token_endpoint_auth_method: 'none', application_type: 'native' };
  const registered = await answer(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  expect(registered).not.toHaveProperty('client_secret');
});

test('client show and client list tell everything but the secret', async () => {
  const { client_secret, ...registered } = await answer([
    'client',
    'add',
    '--metadata',
    JSON.stringify(wiki),
    '--client-id',
    'shown',
  ]);
  const { client_secret_expires_at: _, ...metadata } = registered;
  const shown = await answer(['client', 'show', 'shown', '--json']);
  expect(shown).toEqual({
    ...metadata,
    client_secrets: [{ id: expect.any(String), created_at: expect.any(Number), expires_at: null, last_used_at: null }],
  });
  expect(await answer(['client', 'list', '--json'])).toEqual(expect.arrayContaining([metadata]));
  const texts = [await castellan.run(['client', 'show', 'shown']), await castellan.run(['client', 'list'])];
  expect(texts[0]?.stdout).toMatch(/^redirect_uris +https:\/\/wiki\.example\.com\/callback$/m);
  expect(texts[1]?.stdout).toMatch(/^shown +Wiki +authorization_code +client_secret_basic$/m);
  for (const { stdout } of texts) expect(stdout).not.toContain(client_secret);
});

test('client update changes what the document names, and takes back what client show prints', async () => {
  await answer([
    'client',
    'add',
    '--metadata',
    JSON.stringify({ ...wiki, contacts: ['ada@example.com'] }),
    '--client-id',
    'updated',
  ]);
  const words = ['client', 'update', 'updated', '--metadata'];
  const changed = await answer([...words, JSON.stringify({ client_name: 'New', require_pkce: false, contacts: null })]);
  expect(changed).toMatchObject({ ...wiki, client_name: 'New', require_pkce: false });
  expect(changed).not.toHaveProperty('contacts');
  expect(changed).not.toHaveProperty('client_secret');
  const shown = await castellan.run(['client', 'show', 'updated', '--json']);
  expect(await answer([...words, '@-'], shown.stdout)).toEqual(changed);
});

test('a second secret works beside the first until the first is removed', async () => {
  const first = await answer(['client', 'add', '--metadata', JSON.stringify(machine), '--client-id', 'turning']);
  const second = await answer(['client', 'add-secret', 'turning', '--days', '90']);
  expect(second).toEqual({
    client_id: 'turning',
    client_secret: expect.stringMatching(/^[\w-]{43}$/),
    client_secret_expires_at: expect.any(Number),
    secret_id: expect.any(String),
  });
  expect([await works('turning', first.client_secret), await works('turning', second.client_secret)]).toEqual([
    true,
    true,
  ]);
  const { client_secrets } = await answer(['client', 'show', 'turning', '--json']);
  const ids = Array.isArray(client_secrets) ? client_secrets.map(({ id }) => String(id)) : [];
  expect(ids).toHaveLength(2);
  const [old = ''] = ids.filter((id) => id !== second.secret_id);
  const removed = await castellan.run(['client', 'remove-secret', 'turning', old]);
  expect(removed).toMatchObject({ status: 0, stdout: `Removed the secret ${old} of turning.\n` });
  expect([await works('turning', first.client_secret), await works('turning', second.client_secret)]).toEqual([
    false,
    true,
  ]);
});

test('a removed client is refused at once', async () => {
  const { client_secret } = await answer([
    'client',
    'add',
    '--metadata',
    JSON.stringify(machine),
    '--client-id',
    'gone',
  ]);
  expect(await works('gone', client_secret)).toBe(true);
  expect(await castellan.run(['client', 'remove', 'gone'])).toEqual({
    status: 0,
    stdout: 'Removed gone.\n',
    stderr: '',
  });
  expect(await works('gone', client_secret)).toBe(false);
});

describe('a refusal is one line and exit status 1', () => {
  test.each([
    ['metadata that is no JSON', ['client', 'add', '--metadata', '{'], /must be a JSON object/],
    ['metadata that is a list', ['client', 'add', '--metadata', '[]'], /must be a JSON object/],
    ['a file that is not there', ['client', 'add', '--metadata', '@none.json'], /^none\.json cannot be read/],
    ['an unknown member', ['client', 'add', '--metadata', '{"redirect_uri": "x"}'], /^redirect_uri: /],
    ['no redirect URI', ['client', 'add', '--metadata', '{}'], /^redirect_uris: /],
    ['a bad client_id', ['client', 'add', '--metadata', JSON.stringify({ ...wiki, client_id: 'a b' })], /^client_id: /],
    [
      'a client_id that is no text',
      ['client', 'add', '--metadata', JSON.stringify({ ...wiki, client_id: 7 })],
      /^client_id: /,
    ],
    [
      'a short client_secret',
      ['client', 'add', '--metadata', JSON.stringify({ ...wiki, client_secret: 'x' })],
      /^client_secret: /,
    ],
    ['a client that is not there', ['client', 'show', 'nobody'], /^There is no client "nobody"/],
    ['a secret that is not there', ['client', 'remove-secret', 'fixed', 'abc'], /^fixed has no secret "abc"/],
    [
      'another client_id',
      ['client', 'update', 'fixed', '--metadata', '{"client_id": "x"}'],
      /^client_id: cannot be changed/,
    ],
    ['a chosen secret later', ['client', 'update', 'fixed', '--metadata', '{"client_secret": "x"}'], /add-secret/],
    ['an unknown member in a change', ['client', 'update', 'fixed', '--metadata', '{"colour": "red"}'], /^colour: /],
  ])('%s', async (_title, words, line) => {
    if (words.includes('fixed'))
      await castellan.run(['client', 'add', '--metadata', JSON.stringify(wiki), '--client-id', 'fixed']);
    expect(await refused(words)).toMatch(line);
  });

  test('a client_id that is registered already', async () => {
    await castellan.run(['client', 'add', '--metadata', JSON.stringify(wiki), '--client-id', 'twice']);
    expect(await refused(['client', 'add', '--metadata', JSON.stringify(wiki), '--client-id', 'twice'])).toMatch(
      /registered already/,
    );
  });

  test('days that are no number', async () => {
    const { status, stderr } = await castellan.run(['client', 'add-secret', 'x', '--days', 'many']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '--days: must be a number of days\n' });
  });
});
