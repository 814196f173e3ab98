/** What else may be sent to the authorization endpoint: twice, hidden, in another's name, or beside a sealed request. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizationUrl, authorize, obtainCode, obtainTokens, payloadOf, redeem } from '../support/code-flow.ts';
import {
  answerOf,
  formIn,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

let provider: Provider;
let client: RegisteredClient;
let browser: TestBrowser;
const lines: string[] = [];

beforeAll(async () => {
  provider = await startProvider({ log: { write: (line: string) => lines.push(line) } });
  await provider.addUser();
  client = await provider.register({ first_party: true });
  browser = provider.browser();
  await browser.signIn();
});
afterAll(() => provider.close());

const answer = async (changes: Record<string, string | undefined>) =>
  answerOf(await browser.get(authorizationUrl(client, changes)));

describe('a parameter', () => {
  test('is known by its exact name, decoded once', async () => {
    const encoded = authorizationUrl(client).replace('client_id=', 'client%5Fid=');
    expect(answerOf(await browser.get(encoded)).code).toBeDefined();
    const twice = authorizationUrl(client).replace('client_id=', 'client%255Fid=');
    expect((await browser.get(twice)).statusCode).toBe(400);
    const inCapitals = authorizationUrl(client).replace('client_id=', 'Client_id=');
    expect((await browser.get(inCapitals)).statusCode).toBe(400);
  });

  test.each([
    ['client_id', 'client%5Fid'],
    ['redirect_uri', 'redirect%5furi'],
  ])('%s hidden as %s is there twice', async (name, hidden) => {
    const response = await browser.get(`${authorizationUrl(client)}&${hidden}=x`);
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).toContain(name);
  });

  test.each(['response_type', 'scope', 'nonce', 'prompt', 'code_challenge', 'response_mode', 'unknown'])(
    '%s twice is told to the client',
    async (name) => {
      const url = `${authorizationUrl(client, { [name]: undefined })}&${name}=a&${name}=b`;
      expect(answerOf(await browser.get(url))).toMatchObject({ error: 'invalid_request', state: 'the-state' });
    },
  );

  test('that is empty counts as left out', async () => {
    const empty = ['nonce', 'prompt', 'max_age', 'claims', 'id_token_hint', 'request', 'request_uri', 'response_mode'];
    expect((await answer(Object.fromEntries(empty.map((name) => [name, ''])))).code).toBeDefined();
    const noState = await answer({ state: '' });
    expect(noState.code).toBeDefined();
    expect('state' in noState).toBe(false);
  });

  test('meant for our own pages is nothing here', async () => {
    for (const name of ['decision', 'user', 'username', 'done', 'denied', 'authorization_id', 'consent'])
      expect((await answer({ [name]: 'allow' })).code).toBeDefined();
  });
});

describe('a request object', () => {
  test('at an address that is not registered is refused, and nothing is fetched', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const addresses = [`http://127.0.0.1:${port}/r`, `http://localhost:${port}/r`, 'file:///etc/passwd', 'urn:x:y'];
    for (const request_uri of addresses) expect((await answer({ request_uri })).error).toBe('invalid_request_uri');
    await answer({ claims: `{"userinfo":{"http://127.0.0.1:${port}/":null}}`, registration: '{}' });
    expect(asked).toBe(0);
    server.close();
  });

  test('by value and by reference at once is refused', async () => {
    expect((await answer({ request: 'e30.e30.', request_uri: 'urn:x' })).error).toBe('invalid_request');
  });

  test('that nobody signed leads to the redirect_uri outside, with an error', async () => {
    const inside = Buffer.from('{"redirect_uri":"https://evil.example/","response_type":"token"}').toString(
      'base64url',
    );
    const response = await browser.get(authorizationUrl(client, { request: `eyJhbGciOiJub25lIn0.${inside}.` }));
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/callback\?error=invalid_request_object&/);
  });
});

describe('an id_token_hint', () => {
  test.each<[string, (jwt: string) => string]>([
    ['signed with the secret of the client', (jwt) => hmac(jwt, client.client_secret)],
    ['of HS256 with nothing as key', (jwt) => hmac(jwt, '')],
    ['of 8 kB', (jwt) => jwt + 'A'.repeat(8192)],
  ])('%s is refused', async (_title, change) => {
    const { id_token = '' } = await obtainTokens(provider, browser, client);
    expect((await answer({ id_token_hint: change(id_token) })).error).toBe('invalid_request');
  });
  const hmac = (jwt: string, key: string) => {
    const start = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${jwt.split('.')[1]}`;
    return `${start}.${createHmac('sha256', key || '\0')
      .update(start)
      .digest('base64url')}`;
  };

  test('and claims that name two people are refused', async () => {
    const { id_token } = await obtainTokens(provider, browser, client);
    const claims = '{"id_token":{"sub":{"value":"somebody-else"}}}';
    expect((await answer({ id_token_hint: id_token, claims })).error).toBe('invalid_request');
  });
});

describe('a request that waits for somebody to sign in', () => {
  test('cannot be changed by what is added to its address', async () => {
    const stranger = provider.browser();
    const page = locationOf(await stranger.get(authorizationUrl(client, { scope: 'openid' }))) ?? '';
    const more =
      '&scope=openid+email&redirect_uri=https%3A%2F%2Fevil.example%2F&client_id=other&prompt=none&state=evil';
    const login = await stranger.get(page + more);
    const { action, hidden } = formIn(login.body);
    const signedIn = await stranger.post(action + (action.includes('?') ? more : `?x${more}`), {
      ...hidden,
      ...{ username: 'alice', password, scope: 'openid email', redirect_uri: 'https://evil.example/' },
    });
    const back = locationOf(signedIn) ?? '';
    const done = await stranger.get(back + more);
    expect(locationOf(done)).toMatch(/^https:\/\/app\.example\/callback\?code=/);
    expect(answerOf(done).state).toBe('the-state');
    const tokens = (await redeem(provider, client, answerOf(done).code ?? '')).json();
    expect(tokens.scope).toBe('openid');
  });

  test('asks for offline access the first time, although everything else was allowed', async () => {
    const app = await provider.register();
    await obtainCode(browser, app, { scope: 'openid profile' });
    const page = await browser.open(authorizationUrl(app, { scope: 'openid profile offline_access' }));
    expect(page.body).toContain('consent-allow');
    expect(page.body).toContain('Keep this access when you are away');
    expect(
      answerOf(await browser.get(authorizationUrl(app, { scope: 'openid offline_access', prompt: 'none' }))).error,
    ).toBe('consent_required');
    await browser.submit(page, { decision: 'allow' });
    expect((await obtainTokens(provider, browser, app, { scope: 'openid offline_access' })).scope).toContain(
      'offline_access',
    );
  });

  test('is told what is missing: a sign-in before a consent', async () => {
    const app = await provider.register();
    const silent = async (who: TestBrowser) => answerOf(await who.get(authorizationUrl(app, { prompt: 'none' }))).error;
    expect(await silent(provider.browser())).toBe('login_required');
    expect(await silent(browser)).toBe('consent_required');
  });
});

test('what a client may do with its answer is bounded by what it registered', async () => {
  const modest = await provider.register({
    first_party: true,
    scope: 'openid email',
    grant_types: ['authorization_code'],
  });
  const tokens = await obtainTokens(provider, browser, modest, {
    scope: 'openid profile email groups offline_access api',
  });
  expect(tokens.scope).toBe('openid email');
  expect(tokens.refresh_token).toBeUndefined();
  expect(payloadOf(tokens.access_token).scope).toBe('openid email');
});

test('max_age in the year 2286 is a long time, and one second more than ten digits is refused', async () => {
  expect((await answer({ max_age: '9999999999' })).code).toBeDefined();
  expect((await answer({ max_age: '10000000000' })).error).toBe('invalid_request');
});

test('codes, tokens, secrets, verifiers and states are in no line of the log', async () => {
  const response = await authorize(browser, authorizationUrl(client, { state: 'a-very-secret-state' }));
  const code = answerOf(response).code ?? '';
  const tokens = (await redeem(provider, client, code)).json();
  await redeem(provider, client, code);
  await provider.post('/oidc/oauth2/introspect', { token: tokens.access_token }, client);
  await provider.app.inject({ url: `/oidc/userinfo?access_token=${tokens.access_token}` });
  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(10);
  const cookies = [...browser.cookies.values()];
  const secrets = [
    code,
    ...Object.values<string>(tokens).filter((value) => String(value).length > 30),
    client.client_secret,
  ];
  for (const secret of [...secrets, ...cookies, 'a-very-secret-state', 'a-code-verifier-of', password, redirect_uri])
    expect(log).not.toContain(secret);
});
