import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postWithBrokenStorage } from '../support/broken-storage.ts';
import { authorizationUrl, obtainTokens, refresh, type Tokens, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  answerOf,
  type Form,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const path = '/oidc/oauth2/revoke';
const offline = { scope: 'openid offline_access' };

describe.each(engines)('revocation on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser();
    client = await provider.register({ first_party: true });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  const obtain = (to: RegisteredClient = client) => obtainTokens(provider, browser, to, offline);
  const revoke = (token: string | undefined, by: RegisteredClient = client, more: Form = {}) =>
    provider.post(path, { token, ...more }, by);
  const isAlive = async ({ access_token }: Tokens) => (await userinfo(provider, access_token)).statusCode === 200;
  const canRefresh = async ({ refresh_token = '' }: Tokens, by: RegisteredClient = client) =>
    (await refresh(provider, by, refresh_token)).statusCode === 200;

  test('of a refresh token is 200 without a body, and kills every token of its authorization', async () => {
    const tokens = await obtain();
    const next = (await refresh(provider, client, tokens.refresh_token ?? '')).json<Tokens>();
    const response = await revoke(tokens.refresh_token);
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('');
    expect(response.headers['cache-control']).toBe('no-store');
    expect([await isAlive(tokens), await isAlive(next), await canRefresh(tokens)]).toEqual([false, false, false]);
  });

  test('of an access token kills that one, and leaves the refresh token and the next access token alone', async () => {
    const tokens = await obtain();
    const next = (await refresh(provider, client, tokens.refresh_token ?? '')).json<Tokens>();
    expect((await revoke(tokens.access_token)).statusCode).toBe(200);
    expect([await isAlive(tokens), await isAlive(next), await canRefresh(tokens)]).toEqual([false, true, true]);
  });

  test('of the refresh token of a public client kills its successors, also when a spent one is revoked', async () => {
    const spa = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
    const first = await obtain(spa);
    const second = (await refresh(provider, spa, first.refresh_token ?? '')).json<Tokens>();
    const response = await provider.post(path, { token: first.refresh_token, client_id: spa.client_id });
    expect(response.statusCode).toBe(200);
    expect([await isAlive(first), await isAlive(second), await canRefresh(second, spa)]).toEqual([false, false, false]);
  });

  test('leaves other authorizations, the session and the consent alone', async () => {
    const tokens = await obtain();
    const others = await obtain();
    await revoke(tokens.refresh_token);
    expect(await isAlive(others)).toBe(true);
    expect(answerOf(await browser.get(authorizationUrl(client, { prompt: 'none' }))).code).toBeDefined();
  });

  test.each(['access_token', 'refresh_token', 'bogus'])(
    'finds the token whatever token_type_hint says: %s',
    async (hint) => {
      const one = await obtain();
      await revoke(one.refresh_token, client, { token_type_hint: hint });
      expect(await isAlive(one)).toBe(false);
      const two = await obtain();
      await revoke(two.access_token, client, { token_type_hint: hint });
      expect(await isAlive(two)).toBe(false);
    },
  );

  test('of a token of another client does nothing, and does not tell whether there is such a token', async () => {
    const other = await provider.register();
    const spa = await provider.register({ token_endpoint_auth_method: 'none' });
    const tokens = await obtain();
    const unknown = await revoke('unknown', other);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      for (const response of [
        await revoke(token, other),
        await provider.post(path, { token, client_id: spa.client_id }),
      ]) {
        expect(response.statusCode).toBe(unknown.statusCode);
        expect(response.body).toBe(unknown.body);
      }
    }
    expect([await isAlive(tokens), await canRefresh(tokens)]).toEqual([true, true]);
  });

  test.each<[string, (tokens: Tokens) => string | undefined]>([
    ['garbage', () => 'garbage'],
    ['text of 5 kB', () => 'x'.repeat(5000)],
    ['SQL', () => "' OR 1=1 --"],
    ['an ID Token', ({ id_token }) => id_token],
    ['a cut refresh token', ({ refresh_token }) => refresh_token?.slice(0, -1)],
    ['a refresh token with another verifier', ({ refresh_token }) => `${refresh_token?.slice(0, -4)}AAAA`],
    ['an unsigned access token', ({ access_token }) => access_token.replace(/[^.]+$/, 'AA')],
  ])('of %s is 200 without a body, and kills nothing', async (_title, token) => {
    const tokens = await obtain();
    const response = await revoke(token(tokens));
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('');
    expect([await isAlive(tokens), await canRefresh(tokens)]).toEqual([true, true]);
  });

  test('may be asked for again and again, and at the same instant', async () => {
    const tokens = await obtain();
    const twenty = Array.from({ length: 20 }, (_, index) => (index % 2 ? tokens.access_token : tokens.refresh_token));
    const responses = await Promise.all(twenty.map((token) => revoke(token)));
    expect(responses.map(({ statusCode }) => statusCode)).toEqual(responses.map(() => 200));
    expect((await revoke(tokens.refresh_token)).statusCode).toBe(200);
    expect(await isAlive(tokens)).toBe(false);
  });

  test('beside refreshes at the same instant leaves nothing alive', async () => {
    const spa = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
    const first = await obtain(spa);
    const [, ...answers] = await Promise.all([
      provider.post(path, { token: first.refresh_token, client_id: spa.client_id }),
      ...Array.from({ length: 10 }, () => refresh(provider, spa, first.refresh_token ?? '')),
    ]);
    for (const answer of answers) {
      expect([200, 400]).toContain(answer.statusCode);
      if (answer.statusCode !== 200) continue;
      const tokens = answer.json<Tokens>();
      expect([await isAlive(tokens), await canRefresh(tokens, spa)]).toEqual([false, false]);
    }
  });

  test.each<[string, (tokens: Tokens) => [Form, RegisteredClient?], number, string]>([
    ['no token', () => [{}, client], 400, 'invalid_request'],
    ['an empty token', () => [{ token: '' }, client], 400, 'invalid_request'],
    ['no client authentication', ({ refresh_token }) => [{ token: refresh_token }], 401, 'invalid_client'],
    [
      'client_id alone',
      ({ refresh_token }) => [{ token: refresh_token, client_id: client.client_id }],
      401,
      'invalid_client',
    ],
    [
      'a wrong secret',
      ({ refresh_token }) => [{ token: refresh_token }, { ...client, client_secret: 'wrong' }],
      401,
      'invalid_client',
    ],
  ])('is refused with %s, and kills nothing', async (_title, request, status, error) => {
    const tokens = await obtain();
    const [form, credentials] = request(tokens);
    const response = await provider.post(path, form, credentials);
    expect(response.statusCode).toBe(status);
    expect(response.json().error).toBe(error);
    expect(response.headers['cache-control']).toBe('no-store');
    if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Basic /);
    expect(await isAlive(tokens)).toBe(true);
  });

  test.each(['GET', 'PUT', 'HEAD'] as const)('by %s is 405', async (method) => {
    const response = await provider.app.inject({ method, url: `${path}?token=x` });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('POST');
  });

  test.each<[string, 'access_token' | 'refresh_token', ('get' | 'all' | 'run' | 'batch')[]]>([
    ['a refresh token while the database cannot be written', 'refresh_token', ['run', 'batch']],
    ['an access token while the database cannot be written', 'access_token', ['run', 'batch']],
    ['a refresh token while the database cannot be read', 'refresh_token', ['get', 'all']],
    ['an access token while the database cannot be read', 'access_token', ['get', 'all']],
  ])('of %s is 503 and never 200', async (_title, type, broken) => {
    const tokens = await obtain();
    const post = await postWithBrokenStorage(provider, broken);
    const response = await post(path, { token: tokens[type] }, client);
    expect(response.statusCode).toBe(503);
    expect(response.json().error).toBe('temporarily_unavailable');
    expect(response.headers['retry-after']).toBeDefined();
    expect(response.body).not.toMatch(/disk|database|SQL/i);
    expect(await isAlive(tokens)).toBe(true);
  });

  test('is still in force after a restart of the provider', async () => {
    const tokens = await obtain();
    await revoke(tokens.access_token);
    const restarted = await startProvider({
      databaseUrl: provider.config.databaseUrl,
      settings: { CASTELLAN_KEYS_DIR: provider.config.keysDir },
      now: provider.clock.now,
    });
    expect((await userinfo(restarted, tokens.access_token)).statusCode).toBe(401);
    await restarted.close();
  });
});
