/** Values that mean something to a database, an object, a header, a page or a slow pattern: here they are only text. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientMetadataSchema } from '../../src/protocol/client-metadata.ts';
import { sql } from '../../src/storage/database.ts';
import { makeKeyPair, signAssertion, withAssertion } from '../support/client-assertion.ts';
import { authorizationUrl, authorize, code_challenge, obtainTokens, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  answerOf,
  basic,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Texts that meant something somewhere, once. */
const texts: readonly string[] = [
  "' OR '1'='1",
  "'; DROP TABLE users; --",
  '" UNION SELECT * FROM users --',
  '\\',
  '%',
  '_',
  '$1',
  '?',
  ':name',
  '#{7*7}',
  '{{7*7}}',
  '$(id)',
  '`id`',
  '../../../../etc/passwd',
  '*)(uid=*',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'a\r\nSet-Cookie: evil=1',
  'a\nLocation: https://evil.example/',
  '\u2028\u2029',
  '\u202Egnp.exe',
  '\uFEFF',
  '🦊'.repeat(50),
  'e\u0301'.repeat(100),
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '-1',
  '1e309',
  '9007199254740993',
  '0x10',
  '[object Object]',
  'x'.repeat(3000),
];

/** What pages and endpoints take, and by which name. */
const parameters: readonly [method: 'GET' | 'POST', path: string, names: readonly string[]][] = [
  [
    'GET',
    '/oidc/oauth2/auth',
    [
      ...[
        'client_id',
        'redirect_uri',
        'response_type',
        'response_mode',
        'scope',
        'state',
        'nonce',
        'prompt',
        'max_age',
      ],
      ...['id_token_hint', 'login_hint', 'acr_values', 'claims', 'ui_locales', 'claims_locales', 'display', 'resource'],
      ...['code_challenge', 'code_challenge_method', 'request', 'request_uri', 'registration', 'continuation'],
    ],
  ],
  [
    'POST',
    '/oidc/oauth2/par',
    [
      'client_id',
      'redirect_uri',
      'scope',
      'state',
      'nonce',
      'claims',
      'login_hint',
      'request',
      'request_uri',
      'dpop_jkt',
      'resource',
    ],
  ],
  ['GET', '/oidc/oauth2/logout', ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales']],
  [
    'POST',
    '/oidc/oauth2/token',
    [
      ...['grant_type', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'scope', 'resource'],
      ...['client_id', 'client_secret'],
    ],
  ],
  ['POST', '/oidc/oauth2/introspect', ['token', 'token_type_hint']],
  ['POST', '/oidc/oauth2/revoke', ['token', 'token_type_hint']],
  ['POST', '/oidc/userinfo', ['access_token']],
  ['GET', '/login', ['continuation', 'error', 'error_description', 'message']],
  ['POST', '/login', ['username', 'password', 'continuation', 'decision']],
  ['GET', '/consent', ['continuation']],
  ['POST', '/consent', ['continuation', 'decision', 'shown', 'optional_scope:email']],
  ['GET', '/select-account', ['continuation']],
  ['POST', '/select-account', ['continuation', 'decision', 'user']],
  ['POST', '/logout', ['confirmation', 'decision']],
  ['GET', '/setup', ['link', 'token']],
  ['POST', '/setup', ['link', 'token', 'username', 'email', 'password']],
  ['GET', '/recovery', ['link', 'token']],
  ['POST', '/recovery', ['link', 'token', 'password']],
];

describe.each(engines)('on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;
  let before: unknown;

  beforeAll(async () => {
    const settings = { CASTELLAN_CLIENT_REGISTRATION: 'open' };
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine), settings });
    await provider.addUser({ administrator: true });
    client = await provider.register({ first_party: true, scope: 'openid profile api:read' });
    browser = provider.browser();
    await browser.signIn();
    before = await people();
  });
  afterAll(async () => {
    expect(await people()).toEqual(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).evil).toBeUndefined();
    await provider.close();
  });

  const people = () =>
    provider.context.database.all(sql`SELECT id, username, email, administrator_since, disabled_at FROM users`);

  const good = (path: string): Record<string, string> => {
    if (path === '/oidc/oauth2/auth' || path === '/oidc/oauth2/par')
      return {
        ...{ client_id: client.client_id, redirect_uri, response_type: 'code', scope: 'openid', prompt: 'none' },
        ...{ code_challenge, code_challenge_method: 'S256' },
      };
    if (path === '/oidc/oauth2/token') return { grant_type: 'authorization_code', code: 'c', redirect_uri };
    if (path === '/login') return { username: 'nobody', password: 'x' };
    return {};
  };
  const authenticates = (path: string, name: string) =>
    path.startsWith('/oidc/oauth2/') && !name.startsWith('client_') ? { authorization: basic(client) } : {};
  const send = (method: 'GET' | 'POST', path: string, name: string, value: string) => {
    const query = new URLSearchParams({ ...good(path), [name]: value }).toString();
    const headers = {
      origin: provider.config.publicUrl,
      'sec-fetch-site': 'same-origin',
      ...authenticates(path, name),
    };
    return method === 'GET'
      ? provider.app.inject({ method, url: `${path}?${query}`, headers })
      : provider.app.inject({ method, url: path, headers: { ...headers, ...form }, payload: query });
  };

  const cases = parameters.flatMap(([method, path, names]) => names.map((name) => [method, path, name] as const));
  test.each(cases)('%s %s takes any text for %s', async (method, path, name) => {
    for (const value of texts) isCalm(await send(method, path, name, value), value);
  });

  test.each(['username=a%00b&password=x', 'token=%00', 'code=%00&grant_type=authorization_code', 'a%00b=c', '%00=1'])(
    'NUL is refused at the door: %s',
    async (payload) => {
      for (const [method, url] of parameters.filter(([method]) => method === 'POST')) {
        const headers = { ...form, 'sec-fetch-site': 'same-origin', authorization: basic(client) };
        const response = await provider.app.inject({ method, url, headers, payload });
        isCalm(response, '\0');
        expect(response.statusCode).toBeGreaterThanOrEqual(400);
      }
    },
  );

  test.each(['%ff', '%ed%a0%80', '%c0%af', '%f5%80%80%80', '%e2%82', '%zz', '%'])(
    'bytes that are no UTF-8 are refused at the door: %s',
    async (bytes) => {
      for (const [method, path] of parameters) {
        const headers = { ...form, 'sec-fetch-site': 'same-origin' };
        const response =
          method === 'GET'
            ? await provider.app.inject(`${path}?state=${bytes}`)
            : await provider.app.inject({ method, url: path, headers, payload: `username=${bytes}` });
        isCalm(response, bytes);
        expect(response.statusCode).toBe(400);
      }
    },
  );

  const names = [
    '__proto__',
    'constructor',
    'prototype',
    '__proto__[evil]',
    'constructor[prototype][evil]',
    'a[b]',
    'a.b',
  ];
  test.each([...names, 'toString', 'hasOwnProperty', 'scope[]', '$where', "x' OR 1=1"])(
    'a parameter named %s is one that nobody knows',
    async (name) => {
      for (const [method, path] of parameters) isCalm(await send(method, path, name, 'evil'), name);
      const answer = answerOf(
        await browser.get(`${authorizationUrl(client)}&${new URLSearchParams({ [name]: 'evil' })}`),
      );
      expect(answer.code).toBeDefined();
    },
  );

  test.each(texts.filter((text) => !/[^\x20-\x7e]/.test(text)))('a header may say %s', async (value) => {
    const { access_token } = await tokens();
    for (const name of [
      'user-agent',
      'cookie',
      'origin',
      'referer',
      'accept',
      'accept-language',
      'sec-fetch-site',
      'dpop',
    ])
      for (const url of ['/', '/login', '/oidc/userinfo', '/oidc/.well-known/openid-configuration'])
        isCalm(
          await provider.app.inject({ url, headers: { authorization: `Bearer ${access_token}`, [name]: value } }),
          value,
        );
    for (const authorization of [
      value,
      `Bearer ${value}`,
      `Basic ${value}`,
      `Basic ${btoa(value)}`,
      `Basic ${btoa(`${value}:${value}`)}`,
    ])
      for (const url of ['/oidc/oauth2/token', '/oidc/oauth2/introspect', '/oidc/oauth2/revoke', '/oidc/userinfo'])
        isCalm(
          await provider.app.inject({ method: 'POST', url, headers: { ...form, authorization }, payload: 'token=x' }),
          value,
        );
  });
  let given: ReturnType<typeof obtainTokens> | undefined;
  const tokens = () => (given ??= obtainTokens(provider, browser, client));

  test.each(texts)('a part of an address may be %s', async (value) => {
    const part = encodeURIComponent(value);
    for (const url of [
      `/${part}`,
      `/assets/${part}`,
      `/oidc/${part}`,
      `/.well-known/${part}`,
      `/admin/clients/${part}`,
    ])
      isCalm(await browser.get(url), value);
  });

  test.each([
    '/%00',
    '/assets/a%00.css',
    '/client-logo/a%00b',
    '/admin/users/%00',
    '/oidc/register/a%00b',
    '/oidc/oauth2/auth%00',
  ])('no part of an address has NUL in it: %s', async (url) => {
    const headers = { authorization: `Bearer ${'A'.repeat(64)}` };
    const response = await provider.app.inject({ url, headers });
    isCalm(response, '\0');
    expect(response.statusCode).toBe(400);
  });

  const endpoints = ['token', 'par', 'introspect', 'revoke', 'device/auth'].map((name) => `/oidc/oauth2/${name}`);
  test.each(endpoints)('%s takes no client for one whose name no database can hold', async (url) => {
    const key = await makeKeyPair('ES256');
    for (const client_id of ['\0', 'a\0b', '\ud800', 'a\udc00b', '__proto__', '']) {
      const assertion = withAssertion(await signAssertion(provider, { client_id }, key));
      isCalm(await provider.post(url, { token: 'x', ...assertion }), client_id);
      for (const half of [client_id, client_id.replaceAll('\0', '%00')]) {
        const authorization = `Basic ${Buffer.from(`${half}:secret`).toString('base64')}`;
        isCalm(await provider.post(url, { token: 'x' }, undefined, { authorization }), client_id);
      }
    }
  });

  describe('JSON whose objects cannot become text', () => {
    const textless = { toString: 1, valueOf: 1 };
    const send = (method: 'POST' | 'PUT', url: string, document: object, token?: string) =>
      provider.app.inject({
        method,
        url,
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        payload: JSON.stringify(document),
      });
    const members = [...Object.keys(clientMetadataSchema.shape), 'client_secret', 'client_id', 'unknown'];

    const minimal = { redirect_uris: [redirect_uri] };
    let registered: { readonly client_id: string; readonly registration_access_token: string };
    beforeAll(async () => {
      registered = (await send('POST', '/oidc/register', minimal)).json();
    });

    test.each(members)('as %s of a registration is refused or passed over', async (member) => {
      const { client_id, registration_access_token } = registered;
      for (const value of [textless, [textless]]) {
        const whole = { ...minimal, [member]: value };
        const changed = { ...minimal, client_id, [member]: value };
        const url = `/oidc/register/${client_id}`;
        isCalm(await send('POST', '/oidc/register', whole), member);
        isCalm(await send('PUT', url, changed, registration_access_token), member);
      }
    });

    test.each(['sub', 'acr', 'name', 'toString'])('as %s in claims is told to the client', async (name) => {
      for (const value of [textless, [textless]]) {
        const claims = JSON.stringify({ id_token: { [name]: { essential: true, value } } });
        const answer = answerOf(await browser.get(authorizationUrl(client, { claims, prompt: 'none' })));
        expect(answer.error).not.toBe('server_error');
      }
    });
  });

  test.each([
    ['text after a charset', `${form['content-type']}; charset=utf-8; charset=utf-7`],
    ['utf-7', `${form['content-type']}; charset=utf-7`],
    ['a list', `${form['content-type']}, application/json`],
    ['JSON', 'application/json'],
    ['JSON in front', 'application/json, application/x-www-form-urlencoded'],
    ['multipart', 'multipart/form-data; boundary=x'],
    ['nothing', ''],
    ['only a slash', '/'],
    ['a name of an object', '__proto__'],
  ])('a content type of %s is no form', async (_title, type) => {
    for (const [method, url] of parameters.filter(([method]) => method === 'POST')) {
      const headers = { 'content-type': type, 'sec-fetch-site': 'same-origin', authorization: basic(client) };
      const response = await provider.app.inject({ method, url, headers, payload: 'grant_type=x&token=x&username=x' });
      isCalm(response, type);
      if (type !== '') expect(response.statusCode).toBe(415);
    }
  });

  test.each(['; charset=UTF-8', ';charset="utf-8"', '\t; x=y', `; x=${'y'.repeat(3000)}`])(
    'a form may say %j after its type',
    async (more) => {
      const headers = { 'content-type': form['content-type'] + more, authorization: basic(client) };
      const url = '/oidc/oauth2/introspect';
      const response = await provider.app.inject({ method: 'POST', url, headers, payload: 'token=x' });
      expect(response.json()).toEqual({ active: false });
    },
  );

  describe('too much', () => {
    const token = (payload: string) =>
      provider.app.inject({
        method: 'POST',
        url: '/oidc/oauth2/token',
        headers: { ...form, authorization: basic(client) },
        payload,
      });

    test.each<[string, string, number]>([
      ['101 fields', Array.from({ length: 101 }, (_, index) => `f${index}=1`).join('&'), 400],
      ['20 000 fields', Array.from({ length: 20_000 }, () => 'a').join('&'), 400],
      ['20 000 fields without names', '&'.repeat(20_000), 400],
      ['fields named as numbers', Array.from({ length: 9000 }, (_, index) => `${index}=`).join('&'), 400],
      ['a name of 10 kB', `${'n'.repeat(10_000)}=1`, 400],
      ['a value of 30 kB', `grant_type=${'v'.repeat(30_000)}`, 400],
      ['percent signs to the limit', `grant_type=${'%25'.repeat(20_000)}`, 400],
      ['plus signs to the limit', `grant_type=${'+'.repeat(60_000)}`, 400],
      ['a byte more than the limit', `a=${'x'.repeat(65_535)}`, 413],
      [
        '10 000 scope values',
        `grant_type=client_credentials&scope=${Array.from({ length: 10_000 }, (_, index) => `s${index}`).join('+')}`,
        400,
      ],
    ])('of a form, %s, is refused', async (_title, payload, status) => {
      const response = await token(payload);
      expect(response.statusCode).toBe(status);
      expect(response.json().error).toBe('invalid_request');
    });

    test.each<[string, Record<string, string>]>([
      ['1000 acr_values', { acr_values: Array.from({ length: 1000 }, (_, index) => `a${index}`).join(' ') }],
      ['101 scope values', { scope: Array.from({ length: 101 }, (_, index) => `s${index}`).join(' ') }],
      ['claims of 5 kB', { claims: `{"userinfo":{"${'n'.repeat(5000)}":null}}` }],
      ['claims of 50 levels', { claims: `${'{"userinfo":'.repeat(50)}null${'}'.repeat(50)}` }],
      ['lists of 2000 levels in claims', { claims: '['.repeat(2000) }],
      ['a nonce of 2 kB', { nonce: 'n'.repeat(2000) }],
      ['a hint of 9 kB', { id_token_hint: 'h'.repeat(9000) }],
    ])('of an authorization request, %s, is told to the client', async (_title, changes) => {
      const answer = answerOf(await browser.get(authorizationUrl(client, changes)));
      expect(answer.error).toMatch(/^invalid_(request|scope)$/);
    });

    test('resources that are asked for a thousand times are refused', async () => {
      const response = await browser.get(`${authorizationUrl(client)}${'&resource=a'.repeat(1000)}`);
      expect(response.statusCode).toBe(400);
    });

    test.each(['/oidc/oauth2/token', '/oidc/oauth2/introspect', '/oidc/userinfo', '/login', '/oidc/oauth2/auth'])(
      'JSON of 30 000 levels for %s is not looked at',
      async (url) => {
        const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
        const response = await provider.app.inject({ method: 'POST', url, headers, payload: '['.repeat(30_000) });
        expect(response.statusCode).toBe(415);
      },
    );
  });

  test.each<[string, string]>([
    ['many letters before a wrong end', `${'a'.repeat(15_000)}!`],
    ['many blanks', ' '.repeat(15_000)],
    ['many blanks before a letter', `${' '.repeat(15_000)}x`],
    ['many dots', '.'.repeat(15_000)],
    ['many at signs', '@'.repeat(15_000)],
    ['many dashes', '-'.repeat(15_000)],
    ['many slashes', `https:${'/'.repeat(15_000)}x`],
    ['many dot segments', `https://app.example${'/..'.repeat(5000)}`],
    ['many equals signs', '='.repeat(15_000)],
    ['many colons', 'a:'.repeat(7500)],
    ['many semicolons', 'castellan_session=a; '.repeat(700)],
    ['many tags', 'en-'.repeat(5000)],
    ['many parts of a user agent', 'Mozilla/5.0 (X) '.repeat(900)],
  ])('no pattern is slow on %s', async (_title, value) => {
    for (const [method, path, name] of [
      ['POST', '/oidc/oauth2/token', 'scope'],
      ['POST', '/oidc/oauth2/token', 'code_verifier'],
      ['POST', '/oidc/oauth2/revoke', 'token'],
      ['POST', '/login', 'username'],
      ['POST', '/login', 'password'],
    ] as const)
      isCalm(await send(method, path, name, value), value);
    const half = value.slice(0, 3000);
    for (const name of [
      'redirect_uri',
      'scope',
      'prompt',
      'ui_locales',
      'login_hint',
      'id_token_hint',
      'claims',
      'max_age',
    ])
      isCalm(await send('GET', '/oidc/oauth2/auth', name, half), half);
    for (const name of ['user-agent', 'cookie', 'origin', 'authorization', 'content-type', 'accept-language'])
      isCalm(await provider.app.inject({ url: '/login', headers: { [name]: value } }), value);
  });

  test('line breaks in what comes back stay inside their parameter', async () => {
    const state = 'a\r\nSet-Cookie: evil=1\r\n\r\n<script>';
    for (const response_mode of ['query', 'fragment']) {
      const response = await authorize(browser, authorizationUrl(client, { state, response_mode }));
      expect(answerOf(response).state).toBe(state);
      expect(locationOf(response)).not.toMatch(/[\r\n<]/);
      expect(response.cookies).toEqual([]);
    }
  });

  test('afterwards everything still works', async () => {
    const { access_token } = await obtainTokens(provider, browser, client);
    expect((await userinfo(provider, access_token)).statusCode).toBe(200);
  });
});

/** No failure of ours, no word of our insides, no header that a value made, and no markup that a value brought along. */
function isCalm(response: LightMyRequestResponse, value: string): void {
  const { statusCode, headers, body } = response;
  const about = `${response.raw.req.method} ${response.raw.req.url?.slice(0, 200)} with ${JSON.stringify(value.slice(0, 50))}`;
  expect(statusCode, about).toBeLessThan(500);
  expect(body, about).not.toMatch(/\.(ts|js|mjs):\d+|node_modules|SQLITE|syntax error|pg_catalog|ZodError|TypeError/);
  expect(String(headers['set-cookie'] ?? ''), about).not.toContain('evil=');
  expect(String(headers.location ?? ''), about).not.toMatch(/^https?:\/\/(?!app\.example\/callback|localhost:9000\/)/);
  expect(String(headers.location ?? ''), about).not.toMatch(/[\r\n]/);
  if (String(headers['content-type']).includes('html')) {
    expect(body, about).not.toContain('<script>alert');
    expect(body, about).not.toContain('<img src=x');
  }
}
