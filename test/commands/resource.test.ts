import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';

let castellan: Installation;
beforeAll(async () => {
  castellan = await newInstallation();
});
afterAll(() => castellan.remove());

test('resource add, list, update and remove keep the APIs that tokens are for', async () => {
  const metadata = JSON.stringify({ client_name: 'Wiki', redirect_uris: [], grant_types: ['client_credentials'] });
  const asWiki = { client_id: 'wiki', ...JSON.parse(metadata) };
  expect((await castellan.run(['client', 'add', '--metadata', JSON.stringify(asWiki)])).status).toBe(0);
  const words = ['--scope', 'wiki.read', '--format', 'opaque', '--seconds', '120', '--client-id', 'wiki', '--open'];
  const added = await castellan.run(['resource', 'add', 'https://wiki.example/api', '--name', 'Wiki', ...words]);
  expect({ status: added.status, stderr: added.stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(added.stdout)).toMatchObject({
    identifier: 'https://wiki.example/api',
    name: 'Wiki',
    scope: ['wiki.read'],
    access_token_format: 'opaque',
    access_token_seconds: 120,
    client_id: 'wiki',
    open: true,
  });
  const listed = await castellan.run(['resource', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toEqual([JSON.parse(added.stdout)]);
  expect((await castellan.run(['resource', 'list'])).stdout).toMatch(/^https:.* Wiki +opaque +wiki.read +everybody/m);

  const update = (...words: string[]) => castellan.run(['resource', 'update', 'https://wiki.example/api', ...words]);
  const changed = await update('--scope', 'wiki.read wiki.write', '--seconds', '', '--client-id', '', '--closed');
  expect({ status: changed.status, stderr: changed.stderr }).toEqual({ status: 0, stderr: '' });
  const { access_token_seconds: _, client_id: __, ...rest } = JSON.parse(added.stdout);
  expect(JSON.parse(changed.stdout)).toEqual({ ...rest, scope: ['wiki.read', 'wiki.write'], open: false });
  expect(JSON.parse((await update()).stdout)).toEqual(JSON.parse(changed.stdout));
  expect((await update('--client-id', 'nobody')).stderr).toMatch(/No application has the client ID "nobody"/);
  expect((await update('--open', '--closed')).stderr).toMatch(/--closed: contradicts --open/);

  const removed = await castellan.run(['resource', 'remove', 'https://wiki.example/api']);
  expect(removed).toMatchObject({ status: 0, stdout: 'Removed https://wiki.example/api.\n' });
  expect((await castellan.run(['resource', 'remove', 'https://wiki.example/api'])).status).not.toBe(0);
  expect((await update()).stderr).toMatch(/There is no resource "https:\/\/wiki.example\/api"/);
});

test.each([
  ['a path', ['/api'], /must be an absolute URI without a fragment/],
  ['a fragment', ['https://wiki.example/#top'], /must be an absolute URI without a fragment/],
  ['our own', ['ISSUER'], /registered already/],
  ['a scope outside the grammar', ['https://a.example/', '--scope', '"'], /--scope: must be scope values/],
  ['an unknown format', ['https://a.example/', '--format', 'paper'], /--format: must be jwt or opaque/],
  ['an endless life', ['https://a.example/', '--seconds', '999999'], /--seconds: must be at most 86400/],
  ['no algorithm', ['https://a.example/', '--alg', 'none'], /--alg: must be one of/],
  ['an unknown client', ['https://a.example/', '--client-id', 'nobody'], /No application has the client ID "nobody"/],
])('resource add refuses %s', async (_, words, message) => {
  const { status, stderr } = await castellan.run([
    'resource',
    'add',
    ...words.map((word) => (word === 'ISSUER' ? `${castellan.url}/oidc` : word)),
  ]);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(message);
});
