/** When something of ours fails: a clear status, a reference, nothing given, and not a word of our insides. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appWithBrokenStorage } from '../support/broken-storage.ts';
import {
  authorizationUrl,
  code_verifier,
  obtainCode,
  obtainTokens,
  redeem,
  type Tokens,
  userinfo,
} from '../support/code-flow.ts';
import {
  answerOf,
  basic,
  encode,
  formIn,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  TestBrowser,
} from '../support/provider.ts';

let provider: Provider;
let client: RegisteredClient;
let browser: TestBrowser;
let tokens: Tokens;
const lines: string[] = [];

beforeAll(async () => {
  provider = await startProvider({ log: { write: (line: string) => lines.push(line) } });
  await provider.addUser({ administrator: true });
  client = await provider.register({ first_party: true, post_logout_redirect_uris: ['https://app.example/out'] });
  browser = provider.browser();
  await browser.signIn();
  tokens = await obtainTokens(provider, browser, client, { scope: 'openid offline_access' });
});
afterAll(() => provider.close());

/** What a mistake of ours might say. */
const mistake = new Error(
  `SQLITE_ERROR: near "FROM": syntax error in SELECT * FROM users at /srv/castellan/src/a.ts:10:3`,
);

/** The same browser, at an application that fails. */
const at = (app: FastifyInstance): TestBrowser => {
  const same = new TestBrowser(app, provider.config.publicUrl);
  for (const [name, value] of browser.cookies) same.cookies.set(name, value);
  return same;
};
const tellsNothing = ({ body, headers }: LightMyRequestResponse) => {
  const told = `${JSON.stringify(headers)} ${body}`;
  expect(told).not.toMatch(/SQLITE|SELECT|syntax|users|\.ts|srv\/|disk|full|stack|Error:/);
  expect(headers['cache-control']).toBe('no-store');
};
const tellsReference = ({ body }: LightMyRequestResponse) => {
  const reference = /[A-Za-z0-9_-]{12}(?=["<.])/.exec(body.slice(body.search(/reference/i)))?.[0] ?? 'none';
  expect(lines.some((line) => line.includes(reference) && line.includes('"level":"error"'))).toBe(true);
};

const posts: [string, Record<string, string>][] = [
  ['/oidc/oauth2/token', { grant_type: 'authorization_code', code: 'A'.repeat(64), redirect_uri, code_verifier }],
  ['/oidc/oauth2/token', { grant_type: 'refresh_token', refresh_token: 'A'.repeat(64) }],
  ['/oidc/oauth2/introspect', { token: 'A'.repeat(64) }],
  ['/oidc/oauth2/revoke', { token: 'A'.repeat(64) }],
];

describe.each([
  ['the database is away', undefined, 503, 'temporarily_unavailable'],
  ['there is a mistake in our code', mistake, 500, 'server_error'],
] as const)('when %s', (_title, error, status, code) => {
  test.each(posts)('%s says so in JSON (%j)', async (url, form) => {
    const app = await appWithBrokenStorage(provider, ['get', 'all', 'run', 'batch'], error);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(client) };
    const response = await app.inject({ method: 'POST', url, headers, payload: encode(form) });
    expect(response.statusCode).toBe(status);
    expect(response.json().error).toBe(code);
    expect(response.headers['retry-after'] !== undefined).toBe(status === 503);
    tellsNothing(response);
    tellsReference(response);
  });

  test('userinfo says so in JSON, and not that the token is bad', async () => {
    const app = await appWithBrokenStorage(provider, ['get', 'all'], error);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const response = await app.inject({ url: '/oidc/userinfo', headers });
    expect(response.statusCode).toBe(status);
    expect(response.headers['www-authenticate']).toBeUndefined();
    tellsNothing(response);
  });

  test.each(['/', '/admin', '/admin/users', '/oidc/oauth2/auth', '/oidc/oauth2/logout', '/setup?token=x', '/login'])(
    'the page %s is calm, and gives the administrator a reference',
    async (path) => {
      const app = await appWithBrokenStorage(provider, ['get', 'all', 'run', 'batch'], error);
      const url = path.endsWith('/auth') ? authorizationUrl(client) : path;
      const response = await at(app).get(url);
      if (path.startsWith('/setup')) expect([status, 400]).toContain(response.statusCode);
      else expect(response.statusCode).toBe(status);
      expect(response.headers['content-type']).toContain('text/html');
      expect(response.headers.location).toBeUndefined();
      expect(response.headers['content-security-policy']).toContain("default-src 'none'");
      tellsNothing(response);
      if (response.statusCode === status) tellsReference(response);
    },
  );

  test('an authorization that cannot be written goes back to the client with an error, and is not given', async () => {
    const app = await appWithBrokenStorage(provider, ['batch'], error);
    const response = await at(app).get(authorizationUrl(client));
    expect(answerOf(response)).toMatchObject({ error: code, state: 'the-state', iss: provider.config.issuer });
    expect(answerOf(response).code).toBeUndefined();
    tellsNothing(response);
  });

  test('a sign-in that cannot be written signs nobody in', async () => {
    const app = await appWithBrokenStorage(provider, ['batch'], error);
    const stranger = new TestBrowser(app, provider.config.publicUrl);
    const { action, hidden } = formIn((await stranger.get('/login')).body);
    const response = await stranger.post(action, { ...hidden, username: 'alice', password });
    expect(response.statusCode).toBe(status);
    expect(stranger.cookies.has('castellan_session')).toBe(false);
    tellsNothing(response);
  });

  test('a sign-out that cannot be written is not said to be done', async () => {
    const app = await appWithBrokenStorage(provider, ['batch', 'run'], error);
    const request = encode({ id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://app.example/out' });
    for (const response of [await at(app).get(`/oidc/oauth2/logout?${request}`), await at(app).post('/logout', {})]) {
      expect(response.statusCode).toBe(status);
      expect(response.headers.location).toBeUndefined();
      expect(response.headers['set-cookie']).toBeUndefined();
      tellsNothing(response);
    }
    expect(answerOf(await browser.get(authorizationUrl(client, { prompt: 'none' }))).code).toBeDefined();
  });

  test('a code that could not be taken is still there when the database is back', async () => {
    const taken = await obtainCode(browser, client);
    const app = await appWithBrokenStorage(provider, ['batch', 'run'], error);
    const form = { grant_type: 'authorization_code', code: taken, redirect_uri, code_verifier };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(client) };
    const response = await app.inject({ method: 'POST', url: '/oidc/oauth2/token', headers, payload: encode(form) });
    expect(response.statusCode).toBe(status);
    expect(response.body).not.toContain('access_token');
    expect((await redeem(provider, client, taken)).statusCode).toBe(200);
  });
});

test('keys and metadata are served while the database is away', async () => {
  const app = await appWithBrokenStorage(provider, ['get', 'all', 'run', 'batch']);
  for (const url of ['/oidc/.well-known/openid-configuration', '/oidc/.well-known/jwks.json', '/healthz'])
    expect((await app.inject(url)).statusCode).toBe(200);
  expect((await app.inject('/readyz')).statusCode).toBe(503);
});

test('afterwards the provider works as before', async () => {
  expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(200);
});
