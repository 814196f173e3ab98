import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeClient } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import { authorizationUrl, obtainTokens, type Tokens } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, type RegisteredClient, startProvider, type TestBrowser } from '../support/provider.ts';

const registered = 'https://spa.example';
const redirect_uris = [`${registered}/callback`, `${registered}/other`];

describe.each(engines)('a script of another origin on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;
  let tokens: Tokens;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser();
    client = await provider.register({
      first_party: true,
      redirect_uris: ['https://app.example/callback', ...redirect_uris],
    });
    await provider.register({
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['com.example.app:/callback', 'http://127.0.0.1:4100/cb', 'http://localhost:[3636-3666]/cb'],
    });
    browser = provider.browser();
    await browser.signIn();
    tokens = await obtainTokens(provider, browser, client);
  });
  afterAll(() => provider.close());

  const send = (origin: string, request: InjectOptions) =>
    provider.app.inject({ ...request, headers: { ...request.headers, origin } });
  const preflight = (origin: string, url: string, method = 'POST', names = 'authorization,content-type') =>
    send(origin, {
      method: 'OPTIONS',
      url,
      headers: { 'access-control-request-method': method, 'access-control-request-headers': names },
    });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const isNeverWithCookies = (headers: Record<string, unknown>) => {
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
  };

  describe.each([
    ['the token endpoint', '/oidc/oauth2/token'],
    ['userinfo', '/oidc/userinfo'],
    ['revocation', '/oidc/oauth2/revoke'],
  ])('may call %s', (_title, url) => {
    test('from the origin of a registered redirect URI, and read answers and errors', async () => {
      const response = await send(registered, { method: 'POST', url, headers: form, payload: 'a=b' });
      expect(response.headers['access-control-allow-origin']).toBe(registered);
      expect(response.headers['access-control-expose-headers']).toMatch(/WWW-Authenticate/);
      expect(response.headers.vary).toMatch(/\bOrigin\b/);
      expect(response.headers['cache-control']).toBe('no-store');
      isNeverWithCookies(response.headers);
    });

    test('after a preflight, which needs no client and no credentials', async () => {
      const response = await preflight(registered, url);
      expect(response.statusCode).toBe(204);
      expect(response.headers['access-control-allow-origin']).toBe(registered);
      expect(response.headers['access-control-allow-methods']).toMatch(/POST/);
      expect(response.headers['access-control-allow-headers']).toMatch(/Authorization/i);
      expect(response.headers['access-control-allow-headers']).toMatch(/Content-Type/i);
      expect(response.headers.vary).toMatch(/\bOrigin\b/);
      expect(response.body).toBe('');
      isNeverWithCookies(response.headers);
    });

    test.each([
      ['of nobody', 'https://evil.example'],
      ['that is opaque', 'null'],
      ['with another scheme', 'http://spa.example'],
      ['with a port', 'https://spa.example:8443'],
      ['with the default port', 'https://spa.example:443'],
      ['in capitals', 'https://SPA.example'],
      ['with a slash', 'https://spa.example/'],
      ['with a path', 'https://spa.example/callback'],
      ['that only begins so', 'https://spa.example.evil.example'],
      ['that only ends so', 'https://evilspa.example'],
      ['of a subdomain', 'https://sub.spa.example'],
      ['with a user in front', 'https://spa.example@evil.example'],
      ['of a custom scheme', 'com.example.app://callback'],
      ['of a port range', 'http://localhost:3640'],
      ['with SQL', "https://spa.example' OR 1=1 --"],
      ['of 5 kB', `https://${'a'.repeat(5000)}.example`],
      ['that is empty', ''],
    ])('and from an origin %s is answered without a word of permission', async (_name, origin) => {
      for (const response of [
        await send(origin, { method: 'POST', url, headers: form, payload: 'a=b' }),
        await preflight(origin, url),
      ]) {
        expect(response.statusCode).toBeLessThan(500);
        expect(response.headers['access-control-allow-origin']).toBeUndefined();
        expect(response.headers.vary).toMatch(/\bOrigin\b/);
        isNeverWithCookies(response.headers);
      }
    });

    test('and an answer without Origin varies by it all the same, for a cache may keep it for others', async () => {
      const response = await provider.app.inject({ method: 'POST', url, headers: form, payload: 'a=b' });
      expect(response.headers.vary).toMatch(/\bOrigin\b/);
      expect(response.headers['access-control-allow-origin']).toBeUndefined();
    });
  });

  test('may call from the origin of a loopback redirect URI as it was registered', async () => {
    const response = await preflight('http://127.0.0.1:4100', '/oidc/oauth2/token');
    expect(response.headers['access-control-allow-origin']).toBe('http://127.0.0.1:4100');
  });

  test('reads userinfo with its token', async () => {
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const response = await send(registered, { url: '/oidc/userinfo', headers });
    expect(response.statusCode).toBe(200);
    expect(response.headers['access-control-allow-origin']).toBe(registered);
  });

  test('loses the permission with the redirect URI, and with the client', async () => {
    const origin = 'https://moving.example';
    const moving = await provider.register({ redirect_uris: [`${origin}/cb`] });
    const allowed = async () =>
      (await preflight(origin, '/oidc/oauth2/token')).headers['access-control-allow-origin'] === origin;
    expect(await allowed()).toBe(true);
    await updateClient(provider.context, moving, { redirect_uris: ['https://moved.example/cb'] }, actor);
    expect(await allowed()).toBe(false);
    await updateClient(provider.context, moving, { redirect_uris: [`${origin}/cb`] }, actor);
    expect(await allowed()).toBe(true);
    await removeClient(provider.context, moving.client_id, actor);
    expect(await allowed()).toBe(false);
  });

  test.each([
    '/oidc/.well-known/openid-configuration',
    '/.well-known/openid-configuration/oidc',
    '/.well-known/oauth-authorization-server/oidc',
    '/oidc/.well-known/oauth-authorization-server',
    '/oidc/.well-known/jwks.json',
  ])('of any origin at all may read %s, without credentials', async (url) => {
    for (const origin of ['https://evil.example', 'null', registered]) {
      const response = await send(origin, { url });
      expect(response.statusCode).toBe(200);
      expect(response.headers['access-control-allow-origin']).toBe('*');
      isNeverWithCookies(response.headers);
    }
    const keeps = Number(/max-age=(\d+)/.exec(String((await send('null', { url })).headers['cache-control']))?.[1]);
    expect(keeps).toBeGreaterThan(0);
    expect(keeps).toBeLessThanOrEqual(3600);
  });

  test.each<[string, InjectOptions]>([
    ['the authorization endpoint', { url: '/oidc/oauth2/auth?client_id=x' }],
    ['the sign-out endpoint', { url: '/oidc/oauth2/logout' }],
    ['the sign-in page', { url: '/login' }],
    ['the start page', { url: '/' }],
    ['the consent page', { url: '/consent' }],
    ['the sign-out form', { method: 'POST', url: '/logout', headers: form, payload: '' }],
    ['introspection', { method: 'POST', url: '/oidc/oauth2/introspect', headers: form, payload: 'token=x' }],
    ['the state of health', { url: '/readyz' }],
    ['an address where there is nothing', { url: '/nothing' }],
  ])('may not read %s', async (_title, request) => {
    for (const origin of [registered, 'https://evil.example', 'null']) {
      const response = await send(origin, request);
      expect(response.statusCode).toBeLessThan(500);
      expect(response.headers['access-control-allow-origin']).toBeUndefined();
      const asked = await preflight(origin, String(request.url), String(request.method ?? 'GET'));
      expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('may not read where the authorization endpoint leads', async () => {
    const response = await browser.get(authorizationUrl(client, { prompt: 'none' }), { origin: registered });
    expect(response.statusCode).toBe(303);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });
});
