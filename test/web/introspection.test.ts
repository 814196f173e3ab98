import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser } from '../../src/identity/users.ts';
import { removeClient } from '../../src/protocol/clients.ts';
import { postWithBrokenStorage } from '../support/broken-storage.ts';
import { obtainTokens, payloadOf, refresh, type Tokens } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  type Form,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const path = '/oidc/oauth2/introspect';
const offline = { scope: 'openid profile offline_access' };

describe.each(engines)('introspection on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;
  let tokens: Tokens;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser();
    client = await provider.register({ first_party: true });
    browser = provider.browser();
    await browser.signIn();
    tokens = await obtainTokens(provider, browser, client, offline);
  });
  afterAll(() => provider.close());

  const ask = (token: string | undefined, asking: RegisteredClient | undefined = client, more: Form = {}) =>
    provider.post(path, { token, ...more }, asking);
  const isInactive = async (token: string | undefined, asking?: RegisteredClient) => {
    const response = await ask(token, asking);
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('{"active":false}');
    expect(response.headers['cache-control']).toBe('no-store');
  };

  test('of an access token tells its client what is in it, and no cache keeps that', async () => {
    const response = await ask(tokens.access_token);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.headers['cache-control']).toBe('no-store');
    const { authorization_id: _, ...members } = payloadOf(tokens.access_token);
    expect(response.json()).toEqual({ ...members, active: true, token_type: 'Bearer', username: 'alice' });
    expect(response.json()).toMatchObject({
      iss: provider.config.issuer,
      client_id: client.client_id,
      scope: offline.scope,
      exp: provider.clock.now + tokens.expires_in,
    });
  });

  test('names the person only to those who were allowed the profile', async () => {
    const { access_token } = await obtainTokens(provider, browser, client, { scope: 'openid email' });
    const answer = (await ask(access_token)).json();
    expect(answer).toMatchObject({ active: true, sub: payloadOf(tokens.id_token).sub });
    expect(answer).not.toHaveProperty('username');
  });

  test('of a refresh token tells its client how long it is good for', async () => {
    const answer = (await ask(tokens.refresh_token)).json();
    expect(answer).toMatchObject({
      active: true,
      client_id: client.client_id,
      sub: payloadOf(tokens.id_token).sub,
      scope: offline.scope,
    });
    expect(answer.exp).toBeGreaterThan(provider.clock.now);
    expect(answer.token_type).not.toBe('Bearer');
  });

  test('of a token of a client acting for itself names no person', async () => {
    const machine = await provider.register({
      grant_types: ['client_credentials'],
      redirect_uris: [],
      scope: 'jobs:run',
    });
    const form = { grant_type: 'client_credentials' };
    const { access_token } = (await provider.post('/oidc/oauth2/token', form, machine)).json();
    const answer = (await ask(access_token, machine)).json();
    expect(answer).toMatchObject({ active: true, sub: machine.client_id, scope: 'jobs:run' });
    expect(answer.username).toBeUndefined();
  });

  test.each(['access_token', 'refresh_token', 'bogus', 'x'.repeat(300)])(
    'finds the token whatever token_type_hint says: %s',
    async (token_type_hint) => {
      for (const token of [tokens.access_token, tokens.refresh_token])
        expect((await ask(token, client, { token_type_hint })).json().active).toBe(true);
    },
  );

  test('answers a resource server about the access tokens that are meant for it, and about no others', async () => {
    const api = await provider.register({}, { client_id: 'https://api.example' });
    const user = await provider.register({
      first_party: true,
      scope: 'openid api:read offline_access',
      audience: ['https://api.example', 'https://other.example'],
    });
    const given = await obtainTokens(provider, browser, user, { scope: 'openid api:read offline_access' });
    expect((await ask(given.access_token, api)).json()).toMatchObject({ active: true, client_id: user.client_id });
    await isInactive(given.refresh_token, api);
    await isInactive(tokens.access_token, api);
    await isInactive(given.access_token, client);
  });

  test('of a token of another client is inactive, exactly as of an unknown one', async () => {
    const other = await provider.register();
    await isInactive(tokens.access_token, other);
    await isInactive(tokens.refresh_token, other);
    await isInactive('unknown', other);
  });

  test.each<[string, () => string | undefined]>([
    ['garbage', () => 'garbage'],
    ['text of 5 kB', () => 'x'.repeat(5000)],
    ['5 kB of dots', () => '.'.repeat(5000)],
    ['SQL', () => "' OR 1=1 --"],
    ['a cut access token', () => tokens.access_token.slice(0, -3)],
    ['a cut refresh token', () => tokens.refresh_token?.slice(0, -1)],
    ['a refresh token with another verifier', () => `${tokens.refresh_token?.slice(0, -4)}AAAA`],
    ['an ID Token', () => tokens.id_token],
    ['the client secret', () => client.client_secret],
  ])('of %s is inactive and tells nothing else', (_title, token) => isInactive(token()));

  describe('is inactive', () => {
    test('for a token that has expired', async () => {
      const short = await provider.register({
        first_party: true,
        access_token_seconds: 60,
        refresh_token_idle_seconds: 100,
      });
      const given = await obtainTokens(provider, browser, short, offline);
      const before = provider.clock.now;
      provider.clock.advance(60);
      await isInactive(given.access_token, short);
      expect((await ask(given.refresh_token, short)).json().active).toBe(true);
      provider.clock.advance(40);
      await isInactive(given.refresh_token, short);
      provider.clock.now = before;
    });

    test('for a refresh token that was spent', async () => {
      const rotating = await provider.register({ first_party: true, rotate_refresh_tokens: true });
      const { refresh_token = '' } = await obtainTokens(provider, browser, rotating, offline);
      const next = (await refresh(provider, rotating, refresh_token)).json();
      await isInactive(refresh_token, rotating);
      expect((await ask(next.refresh_token, rotating)).json().active).toBe(true);
    });

    test('for what hangs from a session that has ended, and not for what was given offline_access', async () => {
      const other = provider.browser();
      await other.signIn();
      const bound = await obtainTokens(provider, other, client, { scope: 'openid' });
      const free = await obtainTokens(provider, other, client, offline);
      expect((await ask(bound.access_token)).json().active).toBe(true);
      expect((await ask(bound.refresh_token)).json().active).toBe(true);
      await other.post('/logout', {});
      await isInactive(bound.access_token);
      await isInactive(bound.refresh_token);
      expect((await ask(free.access_token)).json().active).toBe(true);
      expect((await ask(free.refresh_token)).json().active).toBe(true);
    });

    test('for the tokens of a disabled person', async () => {
      const user = await provider.addUser({ username: 'bob', email: 'bob@example.com' });
      const other = provider.browser();
      await other.signIn('bob');
      const given = await obtainTokens(provider, other, client, offline);
      await disableUser(provider.context, user.id, actor);
      await isInactive(given.access_token);
      await isInactive(given.refresh_token);
    });

    test('for the tokens of a removed client, also to the resource server that they were for', async () => {
      const api = await provider.register({}, { client_id: 'https://api2.example' });
      const gone = await provider.register({ first_party: true, audience: ['https://api2.example'] });
      const { access_token } = await obtainTokens(provider, browser, gone);
      expect((await ask(access_token, api)).json().active).toBe(true);
      await removeClient(provider.context, gone.client_id, actor);
      await isInactive(access_token, api);
    });

    test('for every token to a public client, which cannot prove that it asks', async () => {
      const spa = await provider.register({ first_party: true, token_endpoint_auth_method: 'none' });
      const given = await obtainTokens(provider, browser, spa, offline);
      for (const token of [given.access_token, given.refresh_token, tokens.access_token]) {
        const response = await provider.post(path, { token, client_id: spa.client_id });
        expect(response.body).toBe('{"active":false}');
      }
    });
  });

  test.each<[string, () => [Form, RegisteredClient?], number, string]>([
    ['no token', () => [{}, client], 400, 'invalid_request'],
    ['an empty token', () => [{ token: '' }, client], 400, 'invalid_request'],
    ['a token with NUL', () => [{ token: 'a\0b' }, client], 400, 'invalid_request'],
    ['no client authentication', () => [{ token: tokens.access_token }], 401, 'invalid_client'],
    ['client_id alone', () => [{ token: tokens.access_token, client_id: client.client_id }], 401, 'invalid_client'],
    [
      'a wrong secret',
      () => [{ token: tokens.access_token }, { ...client, client_secret: 'wrong' }],
      401,
      'invalid_client',
    ],
    [
      'the token as credential',
      () => [{ token: tokens.access_token, access_token: tokens.access_token }],
      401,
      'invalid_client',
    ],
  ])('is refused with %s', async (_title, request, status, error) => {
    const [form, credentials] = request();
    const response = await provider.post(path, form, credentials);
    expect(response.statusCode).toBe(status);
    expect(response.json().error).toBe(error);
    expect(response.headers['cache-control']).toBe('no-store');
    if (status === 401) expect(response.headers['www-authenticate']).toMatch(/^Basic /);
  });

  test('is refused with a token twice', async () => {
    const response = await provider.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `token=a&token=b&client_id=${client.client_id}`,
    });
    expect(response.statusCode).toBe(400);
  });

  test.each(['GET', 'PUT', 'HEAD', 'OPTIONS'] as const)('by %s is 405', async (method) => {
    const response = await provider.app.inject({ method, url: `${path}?token=${tokens.access_token}` });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('POST');
  });

  test('while the database cannot be read is 503, and says neither yes nor no', async () => {
    const post = await postWithBrokenStorage(provider, ['get', 'all']);
    const response = await post(path, { token: tokens.access_token }, client);
    expect(response.statusCode).toBe(503);
    expect(response.json().error).toBe('temporarily_unavailable');
    expect(response.headers['retry-after']).toBeDefined();
    expect((await ask(tokens.access_token)).json().active).toBe(true);
  });
});
