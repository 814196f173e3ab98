import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

let castellan: Installation;
beforeAll(async () => {
  castellan = await newInstallation();
});
afterAll(() => castellan.remove());

const document = { kind: 'google', label: 'Google', client_id: 'ours', client_secret: 'a secret of ours' };
const add = (name: string, settings: unknown) =>
  castellan.run(['identity-provider', 'add', name, '--settings', '@-'], { input: JSON.stringify(settings) });

test('identity-provider add, list and remove keep the providers, and never show a secret', async () => {
  const added = await add('google', document);
  expect({ status: added.status, stderr: added.stderr }).toEqual({ status: 0, stderr: '' });
  const redirect_uri = expect.stringMatching(/\/login\/with\/google\/callback$/);
  expect(JSON.parse(added.stdout)).toMatchObject({ name: 'google', kind: 'google', client_id: 'ours', redirect_uri });
  const listed = await castellan.run(['identity-provider', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toEqual([
    expect.objectContaining({ name: 'google', disabled: false, redirect_uri }),
  ]);
  expect((await castellan.run(['identity-provider', 'list'])).stdout).toMatch(/^google +google +Google +connect one/m);
  expect(added.stdout + listed.stdout).not.toContain(document.client_secret);

  const removed = await castellan.run(['identity-provider', 'remove', 'google']);
  expect(removed).toMatchObject({ status: 0, stdout: 'Removed google.\n' });
  const again = await castellan.run(['identity-provider', 'remove', 'google']);
  expect(again.status).not.toBe(0);
  expect(again.stderr).toContain('There is no provider "google"');
});

test('identity-provider update changes what the document names, and never shows a secret', async () => {
  await add('work', { ...document, creates_users: true, trusts_mfa: true });
  const update = (settings: unknown) =>
    castellan.run(['identity-provider', 'update', 'work', '--settings', '@-'], { input: JSON.stringify(settings) });
  const updated = await update({ label: 'Work', client_secret: 'a newer secret', trusts_mfa: null });
  expect({ status: updated.status, stderr: updated.stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(updated.stdout)).toMatchObject({
    name: 'work',
    label: 'Work',
    client_id: 'ours',
    creates_users: true,
    trusts_mfa: false,
  });
  expect(updated.stdout).not.toContain('a newer secret');
  for (const [settings, message] of [
    [{ kind: 'github' }, 'kind: cannot be changed'],
    [{ issuer: 'https://other.example' }, 'issuer: cannot be changed'],
    [{ client_secret: 7 }, 'client_secret: must be text.'],
    [{ label: '' }, 'label: '],
    [{ colour: 'red' }, 'settings: '],
  ] as const) {
    const { status, stdout, stderr } = await update(settings);
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
  }
  const nobody = await castellan.run(['identity-provider', 'update', 'nobody', '--settings', '{}']);
  expect(nobody.stderr).toContain('There is no provider "nobody"');
  await castellan.run(['identity-provider', 'remove', 'work']);
});

test('identity-provider remove leaves nobody without a way to sign in, unless it is told to', async () => {
  await add('only', document);
  await castellan.run(['user', 'add', '--username', 'ida']);
  const database = await openDatabase(`sqlite:${castellan.folder}/data/castellan.sqlite`);
  await database.run(sql`
    INSERT INTO federated_identities (provider, sub, user_id, label, created_at)
    SELECT 'only', '1', id, 'ida', 1 FROM users WHERE username = 'ida'`);
  await database.close();
  const refused = await castellan.run(['identity-provider', 'remove', 'only']);
  expect([refused.status, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toContain('1 person has no other way to sign in');
  expect((await castellan.run(['user', 'show', 'ida'])).stdout).toMatch(/^account at only +ida, since /m);
  const forced = await castellan.run(['identity-provider', 'remove', 'only', '--force']);
  expect([forced.status, forced.stdout]).toEqual([0, 'Removed only.\n']);
  expect(forced.stderr).toContain('castellan user recovery-link');
});

test.each([
  [
    'an unknown kind',
    { ...document, kind: 'paper' },
    'kind: must be one of openid-connect, google, microsoft, github.',
  ],
  ['no secret', { ...document, client_secret: undefined }, 'client_secret: is required.'],
  ['a secret that is no text', { ...document, client_secret: 7 }, 'client_secret: must be text.'],
  ['no issuer', { ...document, kind: 'openid-connect' }, 'issuer: is required.'],
  ['an issuer for Google', { ...document, issuer: 'https://a.example' }, 'issuer: is not asked of Google.'],
  ['no tenant', { ...document, kind: 'microsoft' }, 'tenant: is required.'],
  ['an unknown member', { ...document, colour: 'red' }, 'settings: '],
])('identity-provider add refuses %s', async (_what, settings, message) => {
  const { status, stderr } = await add('other', settings);
  expect(status).not.toBe(0);
  expect(stderr).toContain(message);
});
