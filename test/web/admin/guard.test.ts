import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { findUser } from '../../../src/identity/users.ts';
import { adminPages } from '../../../src/web/admin/index.ts';
import { obtainTokens } from '../../support/code-flow.ts';
import { type Console, startConsole } from '../../support/console.ts';
import { locationOf, password, type TestBrowser } from '../../support/provider.ts';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly url: string;
}

let console: Console;
let routes: readonly Route[];
let person: TestBrowser;

beforeAll(async () => {
  console = await startConsole();
  await console.addUser({ username: 'grace', email: 'grace@example.com' });
  person = console.browser();
  await person.signIn('grace');
  routes = await routesOf(console);
});
afterAll(() => console.close());

/** Every route of the console, with ids of nothing in its addresses. */
async function routesOf({ context }: Console): Promise<Route[]> {
  const app = Fastify({ exposeHeadRoutes: false });
  const found: Route[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat())
      found.push({ method: each === 'GET' ? 'GET' : 'POST', url: url.replace(/:[a-z_]+/g, 'nothing') });
  });
  adminPages(app, context);
  await app.ready();
  return found;
}

const send = (browser: TestBrowser, { method, url }: Route, headers?: Record<string, string>) =>
  method === 'GET' ? browser.get(url, headers) : browser.post(url, {}, headers);

describe('every route of the console', () => {
  test('is known to these tests', () => {
    expect(routes.length).toBeGreaterThan(30);
  });

  test('sends the signed-out to sign in, and shows them nothing', async () => {
    for (const route of routes) {
      const answer = await send(console.browser(), route);
      expect([route, answer.statusCode]).toEqual([route, 303]);
      expect(locationOf(answer)).toMatch(/^\/login\?continuation=/);
      expect(answer.body).toBe('');
    }
  });

  test('is a calm 403 for those who are signed in and no administrators', async () => {
    for (const route of routes) {
      const answer = await send(person, route);
      expect([route, answer.statusCode]).toEqual([route, 403]);
      expect(answer.body).toContain('For administrators');
    }
  });

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from a sibling host', { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:9000' }],
    ['with a hidden origin and no word of the browser', { 'sec-fetch-site': '', origin: 'null' }],
    ['from another site by an old browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ])('takes no form that was sent %s', async (_, headers) => {
    const before = await listEvents(console.context, { limit: 500 });
    for (const route of routes.filter(({ method }) => method === 'POST')) {
      const answer = await send(console.admin, route, headers);
      expect([route, answer.statusCode]).toEqual([route, 403]);
    }
    expect(await listEvents(console.context, { limit: 500 })).toEqual(before);
  });

  test('knows nothing of an id that does not exist', async () => {
    for (const route of routes.filter(({ url }) => url.includes('nothing'))) {
      const answer = await send(console.admin, route);
      expect([route, answer.statusCode]).toEqual([route, 404]);
    }
  });

  test.each([
    ['another type', { 'content-type': 'text/plain' }, 415],
    ['JSON', { 'content-type': 'application/json' }, 415],
  ])('takes no form as %s', async (_, headers, status) => {
    const answer = await console.admin.post('/admin/clients/new', { kind: 'web' }, headers);
    expect(answer.statusCode).toBe(status);
  });
});

test('whoever signs in comes back to the page they asked for', async () => {
  const browser = console.browser();
  const page = await browser.open('/admin/users?search=grace');
  const answer = await browser.submit(page, { username: 'ada', password: 'correct horse battery staple' });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('<h1>People</h1>');
  expect(answer.body).toContain('grace@example.com');
});

test('an administrator whose right was taken away has no page any more', async () => {
  const lent = await console.addUser({ username: 'lent', email: 'lent@example.com', administrator: true });
  const browser = console.browser();
  await browser.signIn('lent');
  expect((await browser.get('/admin')).statusCode).toBe(200);
  await console.admin.post(`/admin/users/${lent.id}/access/administrator`, { administrator: 'false' });
  expect((await browser.get('/admin')).statusCode).toBe(403);
});

test('the tokens of an administrator open nothing, however they are sent', async () => {
  const own = await startConsole();
  const client = await own.register({ first_party: true });
  const { access_token, id_token = '' } = await obtainTokens(own, own.admin, client);
  const stranger = own.browser();
  for (const token of [access_token, id_token]) {
    const ways: Record<string, string>[] = [
      { authorization: `Bearer ${token}` },
      { cookie: `castellan_session=${token}` },
    ];
    for (const headers of ways)
      for (const path of ['/admin', '/admin/users', '/account'])
        expect(locationOf(await stranger.get(path, headers))).toMatch(/^\/login\?/);
    expect(locationOf(await stranger.get(`/admin?access_token=${token}`))).toMatch(/^\/login\?/);
  }
  await own.close();
});

describe('what hands over accounts or cannot be undone', () => {
  test.each([
    '/admin/keys/rotate',
    '/admin/users/USER/access/remove',
    '/admin/users/USER/access/password',
    '/admin/users/USER/access/administrator',
    '/admin/clients/CLIENT/remove',
    '/admin/resources/remove?identifier=https%3A%2F%2Fapi.example%2F',
  ])('asks for a sign-in of the last five minutes: %s', async (path) => {
    const own = await startConsole();
    const { id } = await own.addUser();
    const { client_id } = await own.register();
    await own.admin.post('/admin/resources/new', { identifier: 'https://api.example/', access_token_format: 'jwt' });
    const url = path.replace('USER', id).replace('CLIENT', client_id);
    expect((await own.admin.get(url)).statusCode).toBe(200);
    own.clock.advance(300);
    const [before] = await listEvents(own.context, { limit: 1 });
    for (const answer of [
      await own.admin.get(url),
      await own.admin.post(url, { when: 'now', password: 'a new long password' }),
    ])
      expect(locationOf(answer)).toMatch(/^\/login\?continuation=/);

    const form = await own.admin.open(url);
    const back = await own.admin.submit(form, { username: 'ada', password: 'correct horse battery staple' });
    expect(back.statusCode).toBe(200);
    expect(back.body).toContain('id="confirm"');
    // Long after the refused form was answered, nothing but the sign-in has happened.
    const [signedIn, last] = await listEvents(own.context, { limit: 2 });
    expect([signedIn?.action, last]).toEqual(['session.started', before]);
    await own.close();
  });

  test('a recovery link too', async () => {
    const own = await startConsole();
    const { id } = await own.addUser();
    own.clock.advance(300);
    const answer = await own.admin.post(`/admin/users/${id}/access/recovery-link`, {});
    expect(locationOf(answer)).toMatch(/^\/login\?continuation=/);
    await own.close();
  });
});

test.each([
  ['another e-mail address', { email: 'thief@example.com' }],
  ['none', { email: undefined }],
  ['one that counts as verified', { email_verified: 'true' }],
])('a person is given %s only after a sign-in of the last five minutes', async (_what, changes) => {
  const own = await startConsole();
  const { id } = await own.addUser();
  own.clock.advance(300);
  const form = { username: 'alice', email: 'alice@example.com', name: 'Alice' };
  const refused = await own.admin.post(`/admin/users/${id}`, { ...form, ...changes });
  expect(locationOf(refused)).toMatch(/^\/login\?continuation=/);
  expect(await findUser(own.context, id)).toMatchObject({ email: 'alice@example.com', email_verified: false });
  expect(locationOf(await own.admin.post(`/admin/users/${id}`, form))).toBe(`/admin/users/${id}`);
  expect((await findUser(own.context, id))?.claims.name).toBe('Alice');
  await own.admin.submit(await own.admin.follow(refused), { username: 'ada', password });
  expect(locationOf(await own.admin.post(`/admin/users/${id}`, { ...form, ...changes }))).toBe(`/admin/users/${id}`);
  expect(await findUser(own.context, id)).not.toMatchObject({ email: 'alice@example.com', email_verified: false });
  await own.close();
});

describe('lists', () => {
  test.each([
    '/admin/clients?after=x',
    '/admin/clients?page_size=1000000000',
    '/admin/users?after=0',
    '/admin/users?limit=-1',
    '/admin/audit?before=1',
    `/admin/users?search=${'x'.repeat(201)}`,
    '/admin/users?search=a&search=b',
  ])('refuse an address that we did not write: %s', async (url) => {
    expect((await console.admin.get(url)).statusCode).toBe(400);
  });

  test('refuse the cursor of another list', async () => {
    const own = await startConsole();
    for (let number = 0; number < 60; number++)
      await own.register(
        { client_name: `Application ${number}` },
        { client_id: `client-${String(number).padStart(3, '0')}` },
      );
    const first = await own.admin.get('/admin/clients?search=application');
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await own.admin.get(next);
    const shown = [first, second].map(({ body }) => new Set(body.match(/client-\d{3}/g)).size);
    expect(shown).toEqual([50, 10]);
    expect(second.body).toContain('First page');
    expect((await own.admin.get(next.replace('/clients', '/users'))).statusCode).toBe(400);
    await own.close();
  });
});
