/**
 * Every route there is, asked about somebody by those who are not that person: with the ids of what is theirs in the
 * address, and their names and ids in the form.
 */
import type { LightMyRequestResponse } from 'fastify';
import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectFederatedIdentity } from '../../src/identity/federated-identities.ts';
import { listSessions } from '../../src/identity/sessions.ts';
import type { User } from '../../src/identity/users.ts';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../src/storage/database.ts';
import { obtainTokens } from '../support/code-flow.ts';
import { png, sendFile } from '../support/pictures.ts';
import { actor, encode, type Form, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';
import { printedRoutes } from '../support/routes.ts';
import { addAuthenticator } from '../support/second-factor.ts';

/** Stands in everything that is known of her, and in nothing that the tests send. */
const marker = /confidential/i;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

let provider: Provider;
let carla: User;
let her: TestBrowser;
let paths: readonly string[];
let things: Readonly<Record<string, string>>;
let form: Form;
let visitors: Readonly<Record<string, () => Promise<TestBrowser>>>;

beforeAll(async () => {
  provider = await startProvider({ settings: { CASTELLAN_SIGN_UP: 'open' } });
  const { context } = provider;
  await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
  await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  carla = await provider.addUser({
    username: 'carla',
    email: 'carla.confidential@example.com',
    phone_number: '+1 425 555 1212',
    claims: { name: 'Carla Confidential', nickname: 'confidential' },
    groups: ['confidential-group'],
  });
  her = provider.browser();
  const ended = provider.browser();
  for (const browser of [her, ended]) await browser.signIn('carla');
  await addAuthenticator(provider, her);
  await sendFile(her, provider, png());
  const client = await provider.register({ client_name: 'Confidential Shop' });
  await obtainTokens(provider, her, client, { scope: 'openid profile' });
  const settings = { kind: 'openid-connect', label: 'Corp', issuer: 'https://corp.example', client_id: 'ours' };
  await addIdentityProvider(context, { name: 'corp', settings, client_secret: 'x' }, actor);
  const account = { provider: 'corp', sub: 'her-sub', label: 'Confidential label', providerLabel: 'Corp' };
  await connectFederatedIdentity(context, carla, account, actor);

  const [session] = await listSessions(context, carla.id);
  things = {
    user_id: carla.id,
    session_id: session?.id ?? '',
    client_id: client.client_id,
    provider: 'corp',
    name: 'corp',
  };
  form = {
    ...things,
    ...{ userId: carla.id, user: carla.id, owner: carla.id, sub: carla.id, id: carla.id, account: carla.id },
    ...{ session: session?.id, username: 'carla', decision: 'others', search: 'carla', target: carla.id },
  };
  paths = [
    ...new Set(
      printedRoutes(provider.app.printRoutes({ commonPrefix: false })).map((each) => each.split(' ')[1] ?? ''),
    ),
  ];

  const bob = provider.browser();
  const former = provider.browser();
  await former.signIn('root');
  for (const browser of [ended, former]) {
    const kept = new Map(browser.cookies);
    expect((await browser.get('/account')).statusCode).toBe(200);
    await browser.post('/logout', { decision: 'confirm' });
    for (const [name, value] of kept) browser.cookies.set(name, value);
  }
  visitors = {
    'a stranger': async () => provider.browser(),
    'another person': async () => {
      if ((await bob.get('/account')).statusCode !== 200) await bob.signIn('bob');
      return bob;
    },
    'her own session once it has ended': async () => ended,
    'that of an administrator once it has ended': async () => former,
  };
});
afterAll(() => provider.close());

/** Everything of hers that only she, an administrator and her applications may change. */
async function hers(): Promise<unknown> {
  const tables = ['user_pictures', 'user_groups', 'totp_authenticators', 'recovery_codes', 'trusted_devices'];
  const more = ['federated_identities', 'sessions', 'consents', 'authorizations', 'passkeys'];
  const rows: unknown[] = [await provider.context.database.all(sql`SELECT * FROM users WHERE id = ${carla.id}`)];
  for (const table of [...tables, ...more])
    rows.push(await provider.context.database.all(sql`SELECT * FROM ${raw(table)} WHERE user_id = ${carla.id}`));
  return rows;
}

function ask(browser: TestBrowser, method: (typeof methods)[number], path: string): Promise<LightMyRequestResponse> {
  const url = path.replaceAll(/:(\w+)/g, (_match, name: string) => things[name] ?? 'a'.repeat(32));
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
  const headers = { cookie, 'sec-fetch-site': 'same-origin', origin: provider.config.publicUrl };
  if (method === 'GET' || method === 'HEAD') return provider.app.inject({ method, url, headers });
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return provider.app.inject({ method, url, headers: { ...headers, ...type }, payload: encode(form) });
}

test('she sees herself on some of them', async () => {
  expect(paths.length).toBeGreaterThan(100);
  expect(paths).toEqual(expect.arrayContaining(['/account/sessions', '/admin/users/:user_id/access/remove']));
  for (const path of ['/account', '/account/security', '/account/applications'])
    expect((await her.get(path)).body).toMatch(marker);
});

describe.each([
  'a stranger',
  'another person',
  'her own session once it has ended',
  'that of an administrator once it has ended',
])('to %s', (who) => {
  test.each(methods)('no address tells anything of a person, nor changes anything, by %s', async (method) => {
    const before = await hers();
    for (const path of paths) {
      const browser = (await visitors[who]?.()) ?? provider.browser();
      const answer = await ask(browser, method, path);
      expect([path, answer.statusCode]).not.toEqual([path, 500]);
      const told = `${JSON.stringify(answer.headers)}${answer.body}`;
      expect([path, marker.exec(told)?.[0]]).toEqual([path, undefined]);
    }
    expect(await hers()).toEqual(before);
  });
});
