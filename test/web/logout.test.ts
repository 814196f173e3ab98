import { createHmac } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser, setPassword } from '../../src/identity/users.ts';
import { removeClient } from '../../src/protocol/clients.ts';
import { sql } from '../../src/storage/database.ts';
import { authorizationUrl, obtainTokens, payloadOf, refresh, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  encode,
  type Form,
  formIn,
  locationOf,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const path = '/oidc/oauth2/logout';
const back = 'https://app.example/signed-out';
const backWithQuery = 'https://app.example/bye?from=castellan&x=%20y';

describe.each(engines)('signing out on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser({ administrator: true });
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    client = await provider.register({
      client_name: 'Example App',
      first_party: true,
      post_logout_redirect_uris: [back, backWithQuery],
    });
  });
  afterAll(() => provider.close());

  /** Somebody who is signed in, with an ID Token that says so. */
  const signedIn = async (username = 'alice') => {
    const browser = provider.browser();
    await browser.signIn(username);
    const tokens = await obtainTokens(provider, browser, client);
    return { browser, tokens, id_token_hint: tokens.id_token ?? '' };
  };
  const endSession = (browser: TestBrowser, request: Form) => browser.get(`${path}?${encode(request)}`);
  const isSignedIn = async (browser: TestBrowser, at: RegisteredClient = client) =>
    answerOf(await browser.get(authorizationUrl(at, { prompt: 'none' }))).code !== undefined;
  const isErrorPage = (response: LightMyRequestResponse) => {
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).toContain('id="error-message"');
    expect(response.body).not.toMatch(/(href|action|src)="https:\/\/(app|evil)\.example/);
  };
  const isQuestion = (response: LightMyRequestResponse) => {
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('Sign out?');
    expect(response.body).toContain('id="logout-confirm"');
  };

  describe('by the client, with its ID Token', () => {
    test.each([
      'the-state',
      'with blanks + plus & ampersand = % percent',
      '"><script>alert(1)</script>',
      'a\r\nSet-Cookie: evil=1',
      'Zoë 🦊',
      's'.repeat(1000),
    ])('leads back at once with the very state that was sent: %j', async (state) => {
      const { browser, id_token_hint } = await signedIn();
      const response = await endSession(browser, { id_token_hint, post_logout_redirect_uri: back, state });
      expect(response.statusCode).toBe(303);
      const location = locationOf(response) ?? '';
      expect(location.startsWith(`${back}?state=`)).toBe(true);
      expect([...new URL(location).searchParams]).toEqual([['state', state]]);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.headers['referrer-policy']).toBe('no-referrer');
      expect(response.headers['set-cookie']).not.toContain('evil');
      expect(await isSignedIn(browser)).toBe(false);
    });

    test('without a state leads to the very address', async () => {
      const { browser, id_token_hint } = await signedIn();
      const response = await endSession(browser, { id_token_hint, post_logout_redirect_uri: back });
      expect(locationOf(response)).toBe(back);
    });

    test('keeps the query of a registered address byte for byte', async () => {
      const { browser, id_token_hint } = await signedIn();
      const request = {
        id_token_hint,
        post_logout_redirect_uri: backWithQuery,
        state: 's',
        client_id: client.client_id,
      };
      expect(locationOf(await endSession(browser, request))).toBe(`${backWithQuery}&state=s`);
    });

    test('without an address ends on our own page', async () => {
      const { browser, id_token_hint } = await signedIn();
      const response = await endSession(browser, { id_token_hint });
      expect(response.statusCode).toBe(200);
      expect(response.body).toContain('You are signed out');
      expect(await isSignedIn(browser)).toBe(false);
    });

    test('clears the session cookie as it was set, and the session is dead even for who kept the cookie', async () => {
      const { browser, id_token_hint } = await signedIn();
      const session = browser.cookies.get('castellan_session') ?? '';
      const response = await endSession(browser, { id_token_hint });
      expect(response.headers['set-cookie']).toContain('castellan_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
      expect(browser.cookies.has('castellan_session')).toBe(false);
      browser.cookies.set('castellan_session', session);
      expect(answerOf(await browser.get(authorizationUrl(client, { prompt: 'none' }))).error).toBe('login_required');
      expect(locationOf(await browser.get('/'))).toMatch(/^\/login/);
    });

    test('kills what hangs from the session, and leaves what was given offline_access', async () => {
      const { browser, tokens, id_token_hint } = await signedIn();
      const offline = await obtainTokens(provider, browser, client, { scope: 'openid offline_access' });
      await endSession(browser, { id_token_hint });
      expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
      expect((await refresh(provider, client, tokens.refresh_token ?? '')).json().error).toBe('invalid_grant');
      expect((await userinfo(provider, offline.access_token)).statusCode).toBe(200);
      expect((await refresh(provider, client, offline.refresh_token ?? '')).statusCode).toBe(200);
    });

    test('signs out of all clients of that session, and leaves another browser of the same person signed in', async () => {
      const one = await signedIn();
      const two = await signedIn();
      const other = await provider.register({ first_party: true });
      const elsewhere = await obtainTokens(provider, one.browser, other);
      await endSession(one.browser, { id_token_hint: one.id_token_hint });
      expect((await userinfo(provider, elsewhere.access_token)).statusCode).toBe(401);
      expect(await isSignedIn(one.browser, other)).toBe(false);
      expect(await isSignedIn(two.browser)).toBe(true);
      expect((await userinfo(provider, two.tokens.access_token)).statusCode).toBe(200);
    });

    test('takes an ID Token that has expired, and the one from before the same person signed in again', async () => {
      const { browser, id_token_hint } = await signedIn();
      const before = provider.clock.now;
      provider.clock.advance(7200);
      await browser.submit(await browser.open(authorizationUrl(client, { prompt: 'login' })), {
        username: 'alice',
        password: 'correct horse battery staple',
      });
      const response = await endSession(browser, { id_token_hint, post_logout_redirect_uri: back });
      expect(locationOf(response)).toBe(back);
      expect(await isSignedIn(browser)).toBe(false);
      provider.clock.now = before;
    });

    test('leads straight back when the session is gone already', async () => {
      const { browser, id_token_hint } = await signedIn();
      const request = { id_token_hint, post_logout_redirect_uri: back, state: 's' };
      expect(locationOf(await endSession(browser, request))).toBe(`${back}?state=s`);
      expect(locationOf(await endSession(browser, request))).toBe(`${back}?state=s`);
      expect(locationOf(await endSession(provider.browser(), request))).toBe(`${back}?state=s`);
    });

    test('leads straight back when the session ended by itself, with a new password, or with the account', async () => {
      const carol = await provider.addUser({ username: 'carol', email: 'carol@example.com' });
      const request = (id_token_hint: string) => ({ id_token_hint, post_logout_redirect_uri: back });
      const first = await signedIn('carol');
      await setPassword(provider.context, carol, 'another long enough password', actor);
      expect(locationOf(await endSession(first.browser, request(first.id_token_hint)))).toBe(back);

      const idle = await signedIn();
      const before = provider.clock.now;
      provider.clock.advance(provider.config.lifetimes.sessionIdleSeconds);
      expect(locationOf(await endSession(idle.browser, request(idle.id_token_hint)))).toBe(back);
      provider.clock.now = before;

      await disableUser(provider.context, carol.id, actor);
      expect(locationOf(await endSession(first.browser, request(first.id_token_hint)))).toBe(back);
    });

    test('twice at the same instant is one event in the audit log, and no error', async () => {
      const { browser, id_token_hint } = await signedIn();
      const { sid } = payloadOf(id_token_hint);
      const request = { id_token_hint, post_logout_redirect_uri: back };
      const responses = await Promise.all([1, 2, 3, 4].map(() => endSession(browser, request)));
      expect(responses.map(locationOf)).toEqual([back, back, back, back]);
      const events = await provider.context.database.all<{ actor: string }>(
        sql`SELECT actor FROM audit_events WHERE action = 'session.ended' AND target = ${String(sid)}`,
      );
      expect(events).toEqual([{ actor: payloadOf(id_token_hint).sub }]);
    });
  });

  describe('by a POST to the endpoint', () => {
    test('from a form of the client, on its own site, does the same', async () => {
      const { browser, id_token_hint } = await signedIn();
      const posted = await browser.post(
        path,
        { id_token_hint, post_logout_redirect_uri: back, state: 'a+b c&d' },
        { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' },
      );
      expect(posted.statusCode).toBe(303);
      const response = await browser.follow(posted);
      expect(new URL(locationOf(response) ?? '').searchParams.get('state')).toBe('a+b c&d');
      expect(await isSignedIn(browser)).toBe(false);
    });

    test('without a hint asks, as a GET does', async () => {
      const { browser } = await signedIn();
      isQuestion(await browser.follow(await browser.post(path, {}, { 'sec-fetch-site': 'cross-site' })));
      expect(await isSignedIn(browser)).toBe(true);
    });

    test.each(['application/json', 'text/plain'])('as %s is refused', async (type) => {
      const response = await provider.app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': type },
        payload: '{}',
      });
      expect(response.statusCode).toBe(415);
    });

    test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'] as const)('is not a %s', async (method) => {
      const { browser, id_token_hint } = await signedIn();
      const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
      const url = `${path}?${encode({ id_token_hint })}`;
      const response = await provider.app.inject({ method, url, headers: { cookie } });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('GET, POST');
      expect(await isSignedIn(browser)).toBe(true);
    });
  });

  describe('is refused on a page, the session staying as it is, with', () => {
    const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = (jwt: string) => jwt.split('.')[1] ?? '';
    const hmac = (jwt: string, header: unknown, key: string) => {
      const start = `${json(header)}.${payload(jwt)}`;
      return `${start}.${createHmac('sha256', key).update(start).digest('base64url')}`;
    };
    const headerOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());
    type Hint = { id_token_hint: string; access_token: string; refresh_token: string };
    let given: Awaited<ReturnType<typeof signedIn>>;
    beforeAll(async () => {
      given = await signedIn();
    });

    test.each<[string, (given: Hint) => Form]>([
      [
        'an unregistered address',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: 'https://evil.example/' }),
      ],
      [
        'a registered address with a query more',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: `${back}?foo=bar` }),
      ],
      [
        'a registered address with a slash more',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: `${back}/` }),
      ],
      [
        'a registered address in capitals',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: back.toUpperCase() }),
      ],
      [
        'a redirect_uri as address',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: 'https://app.example/callback' }),
      ],
      [
        'a javascript address',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: 'javascript:alert(1)' }),
      ],
      [
        'a scheme-relative address',
        ({ id_token_hint }) => ({ id_token_hint, post_logout_redirect_uri: '//evil.example' }),
      ],
      ['an address and nobody who named it', () => ({ post_logout_redirect_uri: back })],
      ['an address, a state and nobody who named it', () => ({ post_logout_redirect_uri: back, state: 's' })],
      [
        'an unregistered address and client_id',
        () => ({ client_id: client.client_id, post_logout_redirect_uri: 'https://evil.example/' }),
      ],
      ['an unknown client_id', () => ({ client_id: 'unknown', post_logout_redirect_uri: back })],
      [
        'the client_id of another',
        ({ id_token_hint }) => ({ id_token_hint, client_id: 'somebody-else', post_logout_redirect_uri: back }),
      ],
      ['a hint that is garbage', () => ({ id_token_hint: 'x.y.z', post_logout_redirect_uri: back })],
      [
        'a cut hint',
        ({ id_token_hint }) => ({ id_token_hint: id_token_hint.slice(0, -5), post_logout_redirect_uri: back }),
      ],
      [
        'an unsigned hint',
        ({ id_token_hint }) => ({ id_token_hint: `${json({ alg: 'none' })}.${payload(id_token_hint)}.` }),
      ],
      [
        'a hint of alg none under our kid',
        ({ id_token_hint }) => ({
          id_token_hint: `${json({ ...headerOf(id_token_hint), alg: 'none' })}.${payload(id_token_hint)}.`,
          post_logout_redirect_uri: back,
        }),
      ],
      [
        'a hint that the client signed with its secret',
        ({ id_token_hint }) => ({
          id_token_hint: hmac(id_token_hint, { alg: 'HS256', typ: 'JWT' }, client.client_secret),
          post_logout_redirect_uri: back,
        }),
      ],
      [
        'a hint of HS256 under our kid',
        ({ id_token_hint }) => ({
          id_token_hint: hmac(id_token_hint, { ...headerOf(id_token_hint), alg: 'HS256' }, 'key'),
          post_logout_redirect_uri: back,
        }),
      ],
      [
        'a hint with another payload',
        ({ id_token_hint }) => ({
          id_token_hint: id_token_hint.replace(payload(id_token_hint), json({ ...payloadOf(id_token_hint), sub: 'x' })),
        }),
      ],
      [
        'an access token as hint',
        ({ access_token }) => ({ id_token_hint: access_token, post_logout_redirect_uri: back }),
      ],
      ['a refresh token as hint', ({ refresh_token }) => ({ id_token_hint: refresh_token })],
      ['a hint of 10 kB of dots', () => ({ id_token_hint: '.'.repeat(10_000) })],
    ])('%s', async (_title, request) => {
      const { browser, tokens, id_token_hint } = given;
      const { access_token, refresh_token = '' } = tokens;
      isErrorPage(await endSession(browser, request({ id_token_hint, access_token, refresh_token })));
      expect(await isSignedIn(browser)).toBe(true);
    });

    test('the registered address of another client', async () => {
      const other = await provider.register({ post_logout_redirect_uris: ['https://other.example/out'] });
      const { browser, id_token_hint } = given;
      const request = { id_token_hint, post_logout_redirect_uri: other.post_logout_redirect_uris[0] };
      isErrorPage(await endSession(browser, request));
      expect(await isSignedIn(browser)).toBe(true);
    });

    test('the address of a client that is no longer there', async () => {
      const gone = await provider.register({ first_party: true, post_logout_redirect_uris: [back] });
      const browser = provider.browser();
      await browser.signIn();
      const { id_token } = await obtainTokens(provider, browser, gone);
      await removeClient(provider.context, gone.client_id, actor);
      isErrorPage(await endSession(browser, { id_token_hint: id_token, post_logout_redirect_uri: back }));
    });

    test.each(['id_token_hint', 'post_logout_redirect_uri', 'state', 'client_id'])('%s twice', async (name) => {
      const { browser, id_token_hint } = given;
      const request = encode({
        id_token_hint,
        post_logout_redirect_uri: back,
        state: 's',
        client_id: client.client_id,
      });
      isErrorPage(await browser.get(`${path}?${request}&${name}=x`));
      expect(await isSignedIn(browser)).toBe(true);
    });
  });

  describe('asks the person first', () => {
    test.each<[string, () => Form]>([
      ['without any parameter', () => ({})],
      ['with only a state', () => ({ state: 's' })],
      ['with only a client_id', () => ({ client_id: client.client_id })],
      [
        'with a client_id and a registered address',
        () => ({ client_id: client.client_id, post_logout_redirect_uri: back }),
      ],
      ['with unknown parameters', () => ({ logout_hint: 'alice', ui_locales: 'xx', foo: 'bar' })],
    ])('%s, and a GET alone ends nothing', async (_title, request) => {
      const { browser } = await signedIn();
      const response = await endSession(browser, request());
      isQuestion(response);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(await isSignedIn(browser)).toBe(true);
    });

    test('when the hint is of an earlier session of this browser', async () => {
      const { browser, id_token_hint } = await signedIn();
      await browser.post('/logout', {});
      await browser.signIn();
      isQuestion(await endSession(browser, { id_token_hint, post_logout_redirect_uri: back }));
      expect(await isSignedIn(browser)).toBe(true);
    });

    test('when the hint is of another person, or of another browser of this person', async () => {
      const alice = await signedIn();
      const bob = await signedIn('bob');
      const elsewhere = await signedIn();
      for (const { id_token_hint } of [bob, elsewhere]) {
        isQuestion(await endSession(alice.browser, { id_token_hint, post_logout_redirect_uri: back }));
        expect(await isSignedIn(alice.browser)).toBe(true);
      }
      expect(await isSignedIn(bob.browser)).toBe(true);
    });

    test('names the application and the person, escaped', async () => {
      const app = await provider.register({ client_name: '<b>Sly</b> & Co', post_logout_redirect_uris: [back] });
      const { browser } = await signedIn();
      const { body } = await endSession(browser, { client_id: app.client_id, state: '"><script>alert(1)</script>' });
      expect(body).toContain('&lt;b&gt;Sly&lt;/b&gt; &amp; Co');
      expect(body).toContain('alice');
      expect(body).not.toContain('<script>alert');
    });
  });

  describe('the question', () => {
    const asked = async (request: Form = {}) => {
      const { browser, tokens } = await signedIn();
      const page = await endSession(browser, request);
      return { browser, tokens, page };
    };
    const withAddress = () => ({ client_id: client.client_id, post_logout_redirect_uri: back, state: 's' });

    test('answered with yes signs out, clears the cookie and ends on our own page', async () => {
      const { browser, page } = await asked();
      const { action, hidden } = formIn(page.body);
      const response = await browser.post(action, { ...hidden, decision: 'allow' });
      expect(response.headers['set-cookie']).toContain('castellan_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
      const end = await browser.follow(response);
      expect(end.body).toContain('You are signed out');
      expect(await isSignedIn(browser)).toBe(false);
    });

    test('answered with yes leads back to the address that it was asked for, with the state', async () => {
      const { browser, page } = await asked(withAddress());
      const response = await browser.submit(page, { decision: 'allow' });
      expect(response.statusCode).toBe(303);
      expect(locationOf(response)).toBe(`${back}?state=s`);
      expect(await isSignedIn(browser)).toBe(false);
    });

    test('answered with no leaves everything as it is', async () => {
      const { browser, tokens, page } = await asked(withAddress());
      await browser.submit(page, { decision: 'deny' });
      expect(await isSignedIn(browser)).toBe(true);
      expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(200);
    });

    test('answered twice, also at the same instant, ends the same way', async () => {
      const { browser, page } = await asked(withAddress());
      const answers = await Promise.all([1, 2, 3].map(() => browser.submit(page, { decision: 'allow' })));
      for (const answer of [...answers, await browser.submit(page, { decision: 'allow' })])
        expect(locationOf(answer)).toBe(`${back}?state=s`);
    });

    test('is good for five minutes, to the second, and then asked once more', async () => {
      const { browser, page } = await asked();
      const before = provider.clock.now;
      provider.clock.advance(300);
      const anew = await browser.submit(page, { decision: 'allow' });
      expect(anew.body).toContain('more than five minutes old, so nobody was signed out');
      expect(await isSignedIn(browser)).toBe(true);
      expect((await browser.submit(anew, { decision: 'allow' })).body).toContain('You are signed out');
      provider.clock.now = before;
    });

    test('asked once more still knows where to go afterwards', async () => {
      const { browser, page } = await asked(withAddress());
      const before = provider.clock.now;
      provider.clock.advance(299);
      expect((await browser.get('/account')).statusCode).toBe(200);
      provider.clock.advance(1);
      const anew = await browser.submit(page, { decision: 'allow' });
      expect(locationOf(await browser.submit(anew, { decision: 'allow' }))).toBe(`${back}?state=s`);
      provider.clock.now = before;
    });

    test.each<[string, (confirmation: string) => string]>([
      ['cut', (confirmation) => confirmation.slice(0, -3)],
      ['altered', (confirmation) => `${confirmation.slice(0, -3)}AAA`],
      ['made up', () => 'e30'],
    ])('is refused when it was %s', async (_title, change) => {
      const { browser, page } = await asked();
      const { action, hidden } = formIn(page.body);
      const confirmation = change(hidden.confirmation ?? '');
      isErrorPage(await browser.post(action, { confirmation, decision: 'allow' }));
      expect(await isSignedIn(browser)).toBe(true);
    });

    test.each([
      ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
      ['from a sibling domain', { 'sec-fetch-site': 'same-site', origin: 'http://sub.localhost:9000' }],
      ['from an opaque origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
      ['without saying from where', { 'sec-fetch-site': '', origin: '' }],
    ])('posted %s is refused', async (_title, headers) => {
      const { browser, page } = await asked();
      const { action, hidden } = formIn(page.body);
      for (const form of [{ ...hidden, decision: 'allow' }, {}])
        expect((await browser.post(action, form, headers)).statusCode).toBe(403);
      expect(await isSignedIn(browser)).toBe(true);
    });

    test('shown to one person and sent in the browser of another signs nobody out', async () => {
      const { browser, page } = await asked(withAddress());
      const bob = await signedIn('bob');
      isErrorPage(await bob.browser.submit(page, { decision: 'allow' }));
      expect(await isSignedIn(bob.browser)).toBe(true);
      expect(await isSignedIn(browser)).toBe(true);
    });

    test('is refused as a GET, and by any other method', async () => {
      const { browser, page } = await asked();
      const { action, hidden } = formIn(page.body);
      const query = `${action}?${encode({ ...hidden, decision: 'allow' })}`;
      expect((await browser.get(query)).statusCode).toBe(405);
      expect(await isSignedIn(browser)).toBe(true);
    });
  });

  describe('without a session', () => {
    test.each<[string, () => Form]>([
      ['without any parameter', () => ({})],
      ['with only a state', () => ({ state: 's' })],
    ])('%s says that nobody is signed in here', async (_title, request) => {
      const response = await endSession(provider.browser(), request());
      expect(response.statusCode).toBe(200);
      expect(response.body).toContain('You are signed out');
    });

    test('leads nowhere by itself for a client_id alone, but offers the way back', async () => {
      const response = await endSession(provider.browser(), {
        client_id: client.client_id,
        post_logout_redirect_uri: back,
        state: 's',
      });
      expect(response.statusCode).toBe(200);
      expect(response.headers.location).toBeUndefined();
      expect(response.body).toContain(`href="${back}?state=s"`);
    });

    test('the button of our own pages does no harm', async () => {
      const response = await provider.browser().post('/logout', {});
      expect(locationOf(response)).toBe('/signed-out');
    });
  });

  test('the pages of somebody who has signed out are in no cache', async () => {
    const { browser } = await signedIn();
    expect((await browser.get('/')).headers['cache-control']).toBe('no-store');
    await browser.post('/logout', {});
    expect((await browser.get('/')).statusCode).toBe(303);
  });
});

test('a native application is led back to its own scheme', async () => {
  const provider = await startProvider();
  await provider.addUser();
  const app = await provider.register({
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    first_party: true,
    redirect_uris: ['https://app.example/callback'],
    post_logout_redirect_uris: ['com.example.app:/signed-out'],
  });
  const browser = provider.browser();
  await browser.signIn();
  const { id_token: id_token_hint } = await obtainTokens(provider, browser, app);
  const request = { id_token_hint, post_logout_redirect_uri: 'com.example.app:/signed-out', state: 's' };
  const response = await browser.get(`${path}?${encode(request)}`);
  expect(locationOf(response)).toBe('com.example.app:/signed-out?state=s');
  await provider.close();
});

test('under https the cookie is cleared with the prefix and the attributes that it was set with', async () => {
  const provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: 'https://id.example' } });
  await provider.addUser();
  const browser = provider.browser();
  await browser.signIn();
  const response = await browser.post('/logout', {});
  expect(response.headers['set-cookie']).toContain(
    '__Host-castellan_session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax',
  );
  await provider.close();
});
