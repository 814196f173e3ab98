/** Behind a proxy: the public URL is a setting, and only the hop named in TRUST_PROXY may say who called it. */
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { authorizationUrl, payloadOf } from '../support/code-flow.ts';
import {
  answerOf,
  basic,
  encode,
  type Form,
  formIn,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  redirect_uri,
  startProvider,
} from '../support/provider.ts';

/** What a stranger, or a proxy that passes on everything, may send along. */
const spoofed: Record<string, string> = {
  host: 'evil.example',
  'x-forwarded-for': '6.6.6.6',
  x_forwarded_for: '6.6.6.6',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-server': 'evil.example',
  'x-forwarded-proto': 'ftp',
  'x-forwarded-port': '666',
  'x-forwarded-prefix': '/evil',
  'x-forwarded-uri': 'https://evil.example/',
  'x-forwarded-user': 'alice',
  'x-forwarded-email': 'alice@example.com',
  forwarded: 'for=6.6.6.6;host=evil.example;proto=https;by=evil.example',
  'x-real-ip': '6.6.6.6',
  'x-client-ip': '6.6.6.6',
  'true-client-ip': '6.6.6.6',
  'cf-connecting-ip': '6.6.6.6',
  'x-original-host': 'evil.example',
  'x-original-url': '/admin',
  'x-rewrite-url': '/admin',
  'x-http-method-override': 'DELETE',
  'remote-user': 'alice',
  'x-remote-user': 'alice',
  'x-ssl-client-cert': 'evil',
  'client-cert': ':ZXZpbA==:',
  'front-end-https': 'on',
};

describe.each([
  ['without a trusted proxy, over http', {}],
  ['without a trusted proxy, over https', { CASTELLAN_PUBLIC_URL: 'https://id.example' }],
  ['with a trusted proxy', { CASTELLAN_PUBLIC_URL: 'https://id.example', CASTELLAN_TRUST_PROXY: '127.0.0.1' }],
])('%s', (_title, settings: Record<string, string>) => {
  let provider: Provider;
  let client: RegisteredClient;

  beforeAll(async () => {
    provider = await startProvider({ settings });
    await provider.addUser({ administrator: true });
    client = await provider.register({ first_party: true, post_logout_redirect_uris: ['https://app.example/out'] });
  });
  afterAll(() => provider.close());

  test('no header that a request brings decides an address, a cookie, an issuer or a link', async () => {
    const seen: LightMyRequestResponse[] = [];
    const cookies = new Map<string, string>();
    const { publicUrl, issuer } = provider.config;
    const send = async (request: InjectOptions) => {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const response = await provider.app.inject({ ...request, headers: { ...spoofed, cookie, ...request.headers } });
      for (const { name, value } of response.cookies) cookies.set(name, value);
      seen.push(response);
      return response;
    };
    const post = (url: string, form: Form, headers: Record<string, string> = {}) =>
      send({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          origin: publicUrl,
          ...headers,
        },
        payload: encode(form),
      });

    await send({ url: '/' });
    await send({ url: '/nothing' });
    await send({ url: '/oidc/.well-known/openid-configuration' });
    const start = await send({ url: authorizationUrl(client) });
    const page = await send({ url: locationOf(start) ?? '' });
    const { action, hidden } = formIn(page.body);
    const signedIn = await post(action, { ...hidden, username: 'alice', password });
    const done = await send({ url: locationOf(signedIn) ?? '' });
    expect(locationOf(done)?.startsWith(`${redirect_uri}?`)).toBe(true);
    expect(answerOf(done).iss).toBe(issuer);

    const form = {
      grant_type: 'authorization_code',
      code: answerOf(done).code,
      redirect_uri,
      code_verifier: 'a-code-verifier-of-sufficient-length-for-rfc-7636',
    };
    const tokens = (await post('/oidc/oauth2/token', form, { authorization: basic(client) })).json();
    expect(payloadOf(tokens.id_token).iss).toBe(issuer);
    expect(payloadOf(tokens.access_token).iss).toBe(issuer);
    await send({ url: '/oidc/userinfo', headers: { authorization: `Bearer ${tokens.access_token}` } });
    await send({ url: '/admin' });
    await send({ url: '/admin/clients/new' });
    const { sub } = payloadOf(tokens.id_token);
    const link = await post(`/admin/users/${sub}/access/recovery-link`, {});
    const shown = await send({ url: locationOf(link) ?? '' });
    expect(shown.body).toContain(`${publicUrl}/recovery`);
    await send({ url: `/oidc/oauth2/logout?${encode({ client_id: client.client_id })}` });
    await post('/logout', {});

    const internal = new RegExp(`^(/(?!/)|${publicUrl}/|https://app\\.example/)`);
    for (const response of seen) {
      const { headers, body, statusCode } = response;
      expect(statusCode).toBeLessThan(405);
      const told = `${JSON.stringify(headers)} ${body}`;
      expect(told).not.toMatch(/evil[.]example|[/]evil\b|ftp:|:666/);
      if (provider.config.trustProxy.length === 0) expect(told).not.toContain('6.6.6.6');
      if (headers.location !== undefined) expect(headers.location).toMatch(internal);
      for (const cookie of [headers['set-cookie'] ?? []].flat()) {
        expect(cookie).not.toMatch(/domain=/i);
        expect(/; Secure/.test(cookie)).toBe(publicUrl.startsWith('https:'));
      }
    }
  });

  test('nobody is signed in by a header, and no header makes a GET into something else', async () => {
    const asked = await provider.app.inject({ url: '/', headers: spoofed });
    expect(locationOf(asked)).toMatch(/^\/login\?/);
    expect((await provider.app.inject({ url: '/admin', headers: spoofed })).statusCode).toBe(303);
    expect((await provider.app.inject({ url: '/oidc/userinfo', headers: spoofed })).statusCode).toBe(401);
    expect((await provider.app.inject({ url: '/oidc/oauth2/token', headers: spoofed })).statusCode).toBe(405);
    const machine = { method: 'POST', url: '/oidc/oauth2/token', headers: spoofed } as const;
    expect((await provider.app.inject(machine)).statusCode).toBe(401);
  });

  test('a form is ours by the configured origin, not by the one that a header claims', async () => {
    const headers = { ...spoofed, origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
    const response = await provider.app.inject({ method: 'POST', url: '/logout', headers, payload: '' });
    expect(response.statusCode).toBe(403);
  });
});

describe('the address in the audit log', () => {
  const addressOf = async (provider: Provider, remoteAddress: string, headers: Record<string, string>) => {
    await provider.app.inject({
      method: 'POST',
      url: '/login',
      remoteAddress,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: provider.config.publicUrl,
        ...headers,
      },
      payload: encode({ username: 'alice', password }),
    });
    provider.clock.advance(1);
    const [event] = await listEvents(provider.context, { limit: 1 });
    expect(event?.action).toBe('session.started');
    return event?.address;
  };
  const others = {
    'x-real-ip': '6.6.6.6',
    'cf-connecting-ip': '6.6.6.6',
    'true-client-ip': '6.6.6.6',
    forwarded: 'for=6.6.6.6',
    x_forwarded_for: '6.6.6.6',
  };

  let direct: Provider;
  let behind: Provider;
  beforeAll(async () => {
    direct = await startProvider();
    behind = await startProvider({ settings: { CASTELLAN_TRUST_PROXY: '10.0.0.1, 10.1.0.0/16' } });
    for (const provider of [direct, behind]) await provider.addUser();
  });
  afterAll(async () => {
    await direct.close();
    await behind.close();
  });

  test.each([
    ['127.0.0.1', '6.6.6.6'],
    ['10.0.0.1', '6.6.6.6'],
    ['203.0.113.9', '6.6.6.6, 10.0.0.1'],
    ['203.0.113.9', 'garbage'],
  ])('is that of the connection when no proxy is named: %s sends %s', async (remoteAddress, forwarded) => {
    expect(await addressOf(direct, remoteAddress, { ...others, 'x-forwarded-for': forwarded })).toBe(remoteAddress);
  });

  test.each([
    ['a stranger who claims one', '203.0.113.9', '6.6.6.6', '203.0.113.9'],
    ['a stranger who claims the proxy', '203.0.113.9', '6.6.6.6, 10.0.0.1', '203.0.113.9'],
    ['a loopback connection, which is not trusted by itself', '127.0.0.1', '6.6.6.6', '127.0.0.1'],
    ['the proxy, for its client', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['the proxy, for a client that claims another', '10.0.0.1', '6.6.6.6, 198.51.100.7', '198.51.100.7'],
    ['the proxy, for a client that claims a proxy', '10.0.0.1', '10.0.0.1, 6.6.6.6, 198.51.100.7', '198.51.100.7'],
    ['two proxies in a row', '10.1.2.3', '6.6.6.6, 198.51.100.7, 10.0.0.1', '198.51.100.7'],
    ['the proxy, for a client of IPv6', '10.0.0.1', '2001:db8::7', '2001:db8::7'],
    ['the proxy, for itself', '10.0.0.1', '', '10.0.0.1'],
  ])('is that of the nearest hop that is not trusted: %s', async (_title, remoteAddress, forwarded, address) => {
    const headers = { ...others, ...(forwarded === '' ? {} : { 'x-forwarded-for': forwarded }) };
    expect(await addressOf(behind, remoteAddress, headers)).toBe(address);
  });

  test.each([
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    'x'.repeat(3000),
    'a\tb',
    '256.1.1.1',
    '::::',
    '[',
    ',,,,',
    '6.6.6.6, unknown',
    '6.6.6.6,',
    '6.6.6.6, _hidden',
    '6.6.6.6 7.7.7.7',
  ])('is that of the proxy when the proxy passes on what is no address: %j', async (forwarded) => {
    expect(await addressOf(behind, '10.0.0.1', { 'x-forwarded-for': forwarded })).toBe('10.0.0.1');
  });

  test.each([
    ['garbage, 198.51.100.7', '198.51.100.7'],
    ['6.6.6.6, garbage, 198.51.100.7, 10.0.0.1', '198.51.100.7'],
    ['198.51.100.7:51004', '198.51.100.7'],
    ['[2001:db8::7]:51004', '2001:db8::7'],
    ['::ffff:198.51.100.7', '::ffff:198.51.100.7'],
  ])('is found in %s', async (forwarded, address) => {
    expect(await addressOf(behind, '10.0.0.1', { 'x-forwarded-for': forwarded })).toBe(address);
  });
});
