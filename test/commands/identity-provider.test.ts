import { afterAll, beforeAll, expect, test } from 'vitest';
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
