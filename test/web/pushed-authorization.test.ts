import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeClient } from '../../src/protocol/clients.ts';
import { sql } from '../../src/storage/database.ts';
import { authorizationUrl, authorize, payloadOf, redeem } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
} from '../support/provider.ts';
import { push, pushedRequestUrl, pushedUrl } from '../support/pushed-request.ts';

let provider: Provider;
let client: RegisteredClient;

beforeAll(async () => {
  provider = await startProvider();
  await provider.addUser();
  client = await provider.register({ client_name: 'Photos' });
});
afterAll(() => provider.close());

const signedIn = async (at = provider) => {
  const browser = at.browser();
  await browser.signIn();
  return browser;
};
const pushedUri = async (...changes: [Record<string, string | undefined>?]) =>
  (await push(provider, client, ...changes)).json<{ request_uri: string }>().request_uri;

describe('a push', () => {
  test('is answered 201 with a request_uri of 384 bits and its lifetime, for no cache to keep', async () => {
    const response = await push(provider, client);
    expect(response.statusCode).toBe(201);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['content-type']).toContain('application/json');
    expect(response.json()).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{64}$/),
      expires_in: 90,
    });
  });

  test('may name its client again beside the credentials, and may not name another', async () => {
    expect((await push(provider, client, { client_id: client.client_id })).statusCode).toBe(201);
    const other = await provider.register();
    expect((await push(provider, client, { client_id: other.client_id })).statusCode).toBe(400);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['a redirect_uri that is not registered', { redirect_uri: 'https://evil.example/cb' }, 'invalid_request'],
    ['no redirect_uri', { redirect_uri: undefined }, 'invalid_request'],
    ['request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ['request_uri by reference', { request_uri: 'https://app.example/r' }, 'invalid_request'],
    ['no code_challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['response_type token', { response_type: 'bogus' }, 'unsupported_response_type'],
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'bogus' }, 'invalid_request'],
    ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
    ['a scope outside the grammar', { scope: '"' }, 'invalid_scope'],
    ['a state of 5000 characters', { state: 's'.repeat(5000) }, 'invalid_request'],
    ['a registration', { registration: '{}' }, 'registration_not_supported'],
  ])('with %s is refused with 400', async (_title, changes, error) => {
    const response = await push(provider, client, changes);
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toBe(error);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  test('with a repeated parameter is refused', async () => {
    const response = await provider.app.inject({
      method: 'POST',
      url: '/oidc/oauth2/par',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `client_id=${client.client_id}&state=a&state=b`,
    });
    expect(response.statusCode).toBe(400);
  });

  test.each([
    ['without credentials', {}],
    ['with a wrong secret', { client_secret: 'wrong' }],
  ])('of a confidential client %s is refused with 401', async (_title, given) => {
    const form = { client_id: client.client_id, redirect_uri, response_type: 'code', scope: 'openid', ...given };
    const response = await provider.post('/oidc/oauth2/par', form);
    expect(response.statusCode).toBe(401);
    expect(response.json().error).toBe('invalid_client');
  });

  test('of a public client needs its client_id', async () => {
    const app = await provider.register({ token_endpoint_auth_method: 'none' });
    const answer = answerOf(await authorize(await signedIn(), await pushedRequestUrl(provider, app)));
    expect((await redeem(provider, app, answer.code ?? '')).statusCode).toBe(200);
    expect((await push(provider, app, { client_id: undefined })).statusCode).toBe(401);
  });

  test.each(['GET', 'PUT', 'DELETE'] as const)('by %s is refused with 405', async (method) => {
    const response = await provider.app.inject({ method, url: '/oidc/oauth2/par' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('POST');
  });

  test('as JSON is refused', async () => {
    const response = await provider.app.inject({
      method: 'POST',
      url: '/oidc/oauth2/par',
      payload: { client_id: 'x' },
    });
    expect(response.statusCode).toBe(415);
  });

  test('may come from scripts of registered origins, and of no other', async () => {
    const from = async (origin: string) =>
      (await provider.app.inject({ method: 'POST', url: '/oidc/oauth2/par', headers: { origin } })).headers[
        'access-control-allow-origin'
      ];
    expect(await from('https://app.example')).toBe('https://app.example');
    expect(await from('https://evil.example')).toBeUndefined();
    expect(await from('null')).toBeUndefined();
  });

  test('leaves nothing in the database that its client authenticates with', async () => {
    const app = await provider.register({ token_endpoint_auth_method: 'client_secret_post' });
    const { client_id, client_secret } = app;
    const form = { client_id, client_secret, redirect_uri, response_type: 'code', scope: 'openid', unknown: 'x' };
    const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };
    const response = await provider.post('/oidc/oauth2/par', { ...form, ...challenge });
    expect(response.statusCode).toBe(201);
    const rows = await provider.context.database.all<{ parameters: string; verifier_hash: string }>(
      sql`SELECT parameters, verifier_hash FROM pushed_authorization_requests WHERE client_id = ${client_id}`,
    );
    expect(rows.map(({ parameters }) => Object.keys(JSON.parse(parameters)).toSorted())).toEqual([
      ['client_id', 'code_challenge', 'code_challenge_method', 'redirect_uri', 'response_type', 'scope'],
    ]);
    expect(JSON.stringify(rows)).not.toContain(client_secret);
    expect(response.json().request_uri).not.toContain(rows[0]?.verifier_hash);
  });
});

describe('a pushed request', () => {
  test('gives a code with its own state and nonce; what stands beside the reference does not count', async () => {
    const url = pushedUrl(client, await pushedUri(), {
      state: 'other',
      nonce: 'other',
      redirect_uri: 'https://evil.example/cb',
      prompt: 'none',
      scope: 'bogus',
      response_type: 'token',
      code_challenge: 'x',
      request: 'x',
    });
    const response = await authorize(await signedIn(), url);
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/callback\?code=/);
    const { code, state, iss } = answerOf(response);
    expect({ state, iss }).toEqual({ state: 'the-state', iss: provider.config.issuer });
    const tokens = (await redeem(provider, client, code ?? '')).json();
    expect(payloadOf(tokens.id_token).nonce).toBe('the-nonce');
  });

  test('without a state is answered without one, whatever stands beside the reference', async () => {
    const url = pushedUrl(client, await pushedUri({ state: undefined }), { state: 'outside' });
    expect(answerOf(await authorize(await signedIn(), url)).state).toBeUndefined();
  });

  test('may be opened again and again until it is answered, and by sign-in and consent of another tab', async () => {
    const app = await provider.register({ client_name: 'Maps' });
    const browser = provider.browser();
    const url = await pushedRequestUrl(provider, app, { login_hint: 'alice' });
    const first = await browser.open(url);
    expect(first.body).toContain('login-password');
    expect(first.body).toContain('Maps');
    expect(first.body).toContain('value="alice"');
    const second = await browser.open(url);
    expect(second.body).toContain('login-password');
    const consent = await browser.submit(first, { username: 'alice', password: 'correct horse battery staple' });
    expect(consent.body).toContain('Allow Maps?');
    expect(answerOf(await browser.submit(consent, { decision: 'allow' })).code).toBeDefined();
    for (const again of [
      await browser.submit(consent, { decision: 'allow' }),
      await browser.submit(second, { username: 'alice', password: 'correct horse battery staple' }),
    ]) {
      expect(again.statusCode).toBe(400);
      expect(again.body).toContain('Already done');
    }
  });

  test('that was answered gives invalid_request_uri and no second code', async () => {
    const browser = await signedIn();
    const url = await pushedRequestUrl(provider, client);
    expect(answerOf(await authorize(browser, url)).code).toBeDefined();
    for (const other of [browser, await signedIn(), provider.browser()]) {
      const answer = answerOf(await other.open(url));
      expect(answer).toMatchObject({ error: 'invalid_request_uri', state: 'the-state', iss: provider.config.issuer });
      expect(answer.code).toBeUndefined();
    }
  });

  test.each(['none', 'code id_token', 'id_token'])('for response_type %s is answered once', async (response_type) => {
    const app = await provider.register({
      first_party: true,
      response_types: ['code', response_type],
      grant_types: ['authorization_code', ...(response_type.includes('id_token') ? ['implicit'] : [])],
    });
    const withoutCode = response_type.includes('code')
      ? {}
      : { code_challenge: undefined, code_challenge_method: undefined };
    const url = await pushedRequestUrl(provider, app, { response_type, ...withoutCode });
    const browser = await signedIn();
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.get(url)));
    const given = answers.filter((answer) => locationOf(answer) && answerOf(answer).error === undefined);
    expect(given).toHaveLength(1);
    expect(answerOf(await browser.get(url)).error).toBe('invalid_request_uri');
  });

  test.each<[string, Record<string, string>]>([
    ['an error', { prompt: 'none' }],
    ['an error of another kind', { claims: '{"id_token":{"acr":{"essential":true,"value":"gold"}}}' }],
  ])('that was answered with %s gives nothing more', async (_title, changes) => {
    const url = await pushedRequestUrl(provider, client, changes);
    expect(answerOf(await provider.browser().get(url)).error).not.toBe('invalid_request_uri');
    expect(answerOf(await (await signedIn()).get(url)).error).toBe('invalid_request_uri');
  });

  test('that was cancelled gives nothing more', async () => {
    const app = await provider.register();
    const url = await pushedRequestUrl(provider, app);
    const browser = await signedIn();
    const denied = await browser.submit(await browser.open(url), { decision: 'deny' });
    expect(answerOf(denied)).toMatchObject({ error: 'access_denied', state: 'the-state' });
    expect(answerOf(await browser.open(url)).error).toBe('invalid_request_uri');
  });

  test('must be opened within its lifetime, and may be finished after it', async () => {
    const own = await startProvider();
    await own.addUser();
    const app = await own.register();
    const inTime = await pushedRequestUrl(own, app);
    const browser = own.browser();
    own.clock.advance(89);
    const login = await browser.open(inTime);
    own.clock.advance(1);
    expect(answerOf(await browser.open(inTime)).error).toBe('invalid_request_uri');
    own.clock.advance(1200);
    const consent = await browser.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    expect(answerOf(await browser.submit(consent, { decision: 'allow' })).code).toBeDefined();
    await own.close();
  });

  test('stays in the database: the browser gets no more than a sealed reference', async () => {
    const app = await provider.register();
    const browser = provider.browser();
    const claims = JSON.stringify({ userinfo: { email: null }, padding: 'x'.repeat(3000) });
    const page = await browser.get(await pushedRequestUrl(provider, app, { login_hint: 'somebody-secret', claims }));
    expect(locationOf(page)?.length).toBeLessThan(1200);
    expect([locationOf(page), ...browser.cookies.values()].join()).not.toContain('somebody-secret');
  });

  test('of a client whose redirect URI was taken away meanwhile gives a page', async () => {
    const app = await provider.register();
    const url = await pushedRequestUrl(provider, app);
    const metadata = JSON.stringify({ redirect_uris: ['https://app.example/other'] });
    await provider.context.database.run(
      sql`UPDATE clients SET metadata = ${metadata} WHERE client_id = ${app.client_id}`,
    );
    const response = await (await signedIn()).get(url);
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
  });

  test("from a stranger's link asks before anything is given to an application that is not allowed yet", async () => {
    const app = await provider.register({ client_name: 'Unknown App' });
    const page = await (await signedIn()).open(await pushedRequestUrl(provider, app));
    expect(page.body).toContain('Allow Unknown App?');
  });
});

describe('a request_uri that is not one of this client gives a page, and the browser goes nowhere', () => {
  test('that of another client', async () => {
    const other = await provider.register();
    const url = pushedUrl(other, await pushedUri(), { redirect_uri, response_type: 'code', scope: 'openid' });
    const response = await (await signedIn()).get(url);
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).toContain('id="error-message"');
  });

  test.each<[string, (uri: string) => string]>([
    ['guessed', (uri) => `${uri.slice(0, -43)}${'A'.repeat(43)}`],
    ['cut', (uri) => uri.slice(0, -1)],
    ['lengthened', (uri) => `${uri}A`],
    ['nothing behind the prefix', () => 'urn:ietf:params:oauth:request_uri:'],
    ['__proto__', () => 'urn:ietf:params:oauth:request_uri:__proto__'],
    ['SQL', () => "urn:ietf:params:oauth:request_uri:' OR 1=1 --"],
  ])('%s', async (_title, change) => {
    const uri = await pushedUri();
    const url = pushedUrl(client, change(uri), { redirect_uri, state: 's' });
    const response = await (await signedIn()).get(url);
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(answerOf(await authorize(await signedIn(), pushedUrl(client, uri))).code).toBeDefined();
  });

  test('any other text behind the prefix', async () => {
    const browser = await signedIn();
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.base64String({ minLength: 64, maxLength: 64 }),
      fc.stringMatching(/^[A-Za-z0-9_-]{64}$/),
    );
    await fc.assert(
      fc.asyncProperty(text, async (behind) => {
        const uri = `urn:ietf:params:oauth:request_uri:${behind}`;
        const response = await browser.get(pushedUrl(client, uri, { redirect_uri }));
        expect(response.statusCode).toBe(400);
        expect(response.headers.location).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  test.each(['client_id', 'request_uri'])('a repeated %s', async (name) => {
    const uri = await pushedUri();
    const value = name === 'client_id' ? client.client_id : uri;
    const response = await (await signedIn()).get(`${pushedUrl(client, uri)}&${name}=${encodeURIComponent(value)}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
  });
});

describe('where requests must be pushed', () => {
  test('by a client, its plain request is refused', async () => {
    const app = await provider.register({ require_pushed_authorization_requests: true });
    const browser = await signedIn();
    const answer = answerOf(await browser.get(authorizationUrl(app)));
    expect(answer).toMatchObject({ error: 'invalid_request', state: 'the-state' });
    expect(answerOf(await authorize(browser, await pushedRequestUrl(provider, app))).code).toBeDefined();
  });

  test('by all clients, every plain request is refused, and discovery says so', async () => {
    const own = await startProvider({ settings: { CASTELLAN_REQUIRE_PUSHED_AUTHORIZATION_REQUESTS: 'true' } });
    await own.addUser();
    const app = await own.register();
    const browser = await signedIn(own);
    expect(answerOf(await browser.get(authorizationUrl(app))).error).toBe('invalid_request');
    expect(answerOf(await authorize(browser, await pushedRequestUrl(own, app))).code).toBeDefined();
    const metadata = await own.app.inject('/oidc/.well-known/openid-configuration');
    expect(metadata.json().require_pushed_authorization_requests).toBe(true);
    await own.close();
  });
});

describe.each(engines)('on %s', (engine) => {
  let own: Provider;
  beforeAll(async () => {
    own = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await own.addUser();
  });
  afterAll(() => own.close());

  test('a request_uri opened ten times at the same instant gives one code', async () => {
    const app = await own.register({ first_party: true });
    const browser = await signedIn(own);
    const url = await pushedRequestUrl(own, app);
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.get(url)));
    expect(answers.filter((answer) => locationOf(answer)?.includes('code=')).length).toBe(1);
    const rows = await own.context.database.all(sql`SELECT id FROM authorizations WHERE client_id = ${app.client_id}`);
    expect(rows).toHaveLength(1);
  });

  test('a request_uri allowed and cancelled at the same instant gives one answer', async () => {
    const app = await own.register();
    const browser = await signedIn(own);
    const url = await pushedRequestUrl(own, app);
    const page = await browser.open(url);
    const decisions = ['allow', 'deny', 'allow', 'deny', 'allow', 'deny'];
    const answers = await Promise.all(decisions.map((decision) => browser.submit(page, { decision })));
    expect(answers.filter((answer) => locationOf(answer) !== undefined).length).toBe(1);
  });

  test('a request_uri whose session ends at that instant is not used up', async () => {
    const app = await own.register({ first_party: true });
    const url = await pushedRequestUrl(own, app);
    const browser = await signedIn(own);
    await own.context.database.run(sql`UPDATE sessions SET expires_at = ${own.clock.now}`);
    const login = await browser.open(url);
    expect(login.body).toContain('login-password');
    const done = await browser.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    expect(answerOf(done).code).toBeDefined();
  });

  const insertMany = (app: RegisteredClient, rows: { count: number; expires_at: number; sender: string }) => {
    const prefix = `${app.client_id}${rows.sender}${rows.expires_at}-`;
    return own.context.database.run(sql`
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${rows.count})
      INSERT INTO pushed_authorization_requests (id, verifier_hash, client_id, counted_under, parameters, sender,
                                                 expires_at)
      SELECT ${prefix} || n, 'hash', ${app.client_id}, ${app.client_id}, '{}', ${rows.sender}, CAST(${rows.expires_at} AS BIGINT)
        FROM counter`);
  };

  test('a client has at most 1000 pushed requests that are neither used nor expired', async () => {
    const app = await own.register();
    await insertMany(app, { count: 999, expires_at: own.clock.now, sender: '' });
    await insertMany(app, { count: 999, expires_at: own.clock.now + 90, sender: '' });
    expect((await push(own, app)).statusCode).toBe(201);
    const refused = await push(own, app);
    expect(refused.statusCode).toBe(429);
    expect(refused.json().error).toBe('temporarily_unavailable');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await push(own, await own.register())).statusCode).toBe(201);
  });

  test('one network has at most 200 for a client without credentials, all networks together at most 2000', async () => {
    const app = await own.register({ token_endpoint_auth_method: 'none' });
    expect((await push(own, app)).statusCode).toBe(201);
    const row = await own.context.database.get<{ sender: string }>(
      sql`SELECT sender FROM pushed_authorization_requests WHERE client_id = ${app.client_id}`,
    );
    const sender = row?.sender ?? '';
    expect(sender).not.toContain('127.0.0.1');
    await insertMany(app, { count: 198, expires_at: own.clock.now + 90, sender });
    await insertMany(app, { count: 1000, expires_at: own.clock.now + 90, sender: 'elsewhere' });
    expect((await push(own, app)).statusCode).toBe(201);
    expect((await push(own, app)).statusCode).toBe(429);

    const other = await own.register({ token_endpoint_auth_method: 'none' });
    await insertMany(other, { count: 2000, expires_at: own.clock.now + 90, sender: 'everywhere' });
    expect((await push(own, other)).statusCode).toBe(429);
  });

  test('pushed requests go with their client', async () => {
    const app = await own.register();
    await push(own, app);
    await removeClient(own.context, app.client_id, actor);
    const rows = await own.context.database.all(
      sql`SELECT id FROM pushed_authorization_requests WHERE client_id = ${app.client_id}`,
    );
    expect(rows).toEqual([]);
  });
});
