import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administratorMembers, clientMetadataSchema, metadataOf } from '../../src/protocol/client-metadata.ts';
import { addInitialAccessToken } from '../../src/protocol/client-registration/initial-access-tokens.ts';
import { findClient, setClientEnabled } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import { newResourceSchema, registerResource, removeResource } from '../../src/protocol/resources.ts';
import { makeKeyPair, secretKeyPair, signAssertion, withAssertion } from '../support/client-assertion.ts';
import {
  authorizationUrl,
  authorize,
  obtainCode,
  obtainTokens,
  payloadOf,
  redeem,
  refresh,
  userinfo,
} from '../support/code-flow.ts';
import {
  actor,
  answerOf,
  type Form,
  formIn,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const path = '/oidc/register';
const minimal = { redirect_uris: [redirect_uri] };

let provider: Provider;
let guarded: Provider;
let browser: TestBrowser;
beforeAll(async () => {
  const CASTELLAN_PUBLIC_URL = 'https://id.example';
  provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL, CASTELLAN_CLIENT_REGISTRATION: 'open' } });
  guarded = await startProvider({ settings: { CASTELLAN_PUBLIC_URL, CASTELLAN_CLIENT_REGISTRATION: 'token' } });
  await provider.addUser();
  browser = provider.browser();
  await browser.signIn();
});
afterAll(async () => {
  await provider.close();
  await guarded.close();
});

interface Registered extends RegisteredClient {
  readonly registration_access_token: string;
  readonly registration_client_uri: string;
}

let sender = 0;

/** Each from another network, so that the limit of one does not stop the tests. */
function send(
  method: 'POST' | 'GET' | 'PUT' | 'DELETE',
  url: string,
  { body, token, at = provider }: { body?: unknown; token?: string | undefined; at?: Provider } = {},
): Promise<LightMyRequestResponse> {
  sender++;
  return at.app.inject({
    method,
    url,
    remoteAddress: `198.51.${sender >> 8}.${sender & 255}`,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function registered(metadata: Record<string, unknown> = {}): Promise<Registered> {
  const response = await send('POST', path, { body: { ...minimal, ...metadata } });
  expect(response.statusCode).toBe(201);
  return response.json();
}

function pathOf({ registration_client_uri }: Registered): string {
  return registration_client_uri.slice('https://id.example'.length);
}

/** What a client sends to change its registration: what it read, without what is not its to say. */
function document(client: Registered, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { registration_access_token: _, registration_client_uri: __, ...said } = client;
  const {
    client_secret_expires_at: ___,
    client_id_issued_at: ____,
    ...rest
  } = { client_secret_expires_at: 0, client_id_issued_at: 0, ...said };
  return { ...rest, ...changes };
}

const initialAccessToken = async (uses = 1, seconds = 60) =>
  (await addInitialAccessToken(guarded.context, { uses, seconds }, actor)).token;

describe('registration', () => {
  test('answers 201 with all metadata, the secret, and what manages the registration', async () => {
    const response = await send('POST', path, { body: { ...minimal, client_name: 'Wiki' } });
    expect(response.statusCode).toBe(201);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    const answer = response.json();
    expect(answer).toMatchObject({
      client_name: 'Wiki',
      client_secret: expect.stringMatching(/^[\w-]{43}$/),
      client_secret_expires_at: 0,
      client_id_issued_at: provider.clock.now,
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
      subject_type: 'public',
      scope: 'openid profile email address phone groups offline_access',
      first_party: false,
      registration_access_token: expect.stringMatching(/^[\w-]{64}$/),
      registration_client_uri: `https://id.example/oidc/register/${answer.client_id}`,
    });
  });

  test('gives a client that works, and asks the person for consent', async () => {
    const client = await registered({ grant_types: ['authorization_code', 'refresh_token'] });
    const page = await browser.open(
      `/oidc/oauth2/auth?client_id=${client.client_id}&redirect_uri=${encodeURIComponent(redirect_uri)}&response_type=code&scope=openid`,
    );
    expect(page.body).toContain('id="consent-allow"');
    const { id_token } = await obtainTokens(provider, browser, client);
    expect(payloadOf(id_token).aud).toBe(client.client_id);
  });

  test.each([
    ['a public client', { token_endpoint_auth_method: 'none' }],
    [
      'a client with keys',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://app.example/jwks.json' },
    ],
  ])('gives %s no secret', async (_, metadata) => {
    const answer = await registered(metadata);
    expect(answer).not.toHaveProperty('client_secret');
    expect(answer).not.toHaveProperty('client_secret_expires_at');
    expect(answer).toMatchObject(metadata);
  });

  test.each([
    [{ response_types: ['id_token'] }, ['implicit']],
    [{ response_types: ['code id_token'] }, ['authorization_code', 'implicit']],
    [{ response_types: ['token id_token'] }, ['implicit']],
    [{ response_types: ['token id_token code', 'code'] }, ['authorization_code', 'implicit']],
    [{ response_types: ['code'] }, ['authorization_code']],
  ])('fills in the grant types that %j needs', async (metadata, grant_types) => {
    expect(await registered(metadata)).toMatchObject({ grant_types });
  });

  test('asks for PKCE of clients without a secret, and of others that want it', async () => {
    expect(await registered({ token_endpoint_auth_method: 'none' })).toMatchObject({ require_pkce: true });
    expect(await registered()).toMatchObject({ require_pkce: false });
    expect(await registered({ require_pkce: true })).toMatchObject({ require_pkce: true });
  });

  test('leaves out what nobody knows, what is null, and what is for administrators', async () => {
    const answer = await registered({
      client_id: 'chosen',
      client_secret: 'a secret that I chose',
      client_name: null,
      'client_name#ja': 'ウィキ',
      skip_consent: true,
      admin: true,
      trusted: true,
      disabled: true,
      first_party: true,
      profile: 'fapi2',
      audience: ['https://api.example'],
      claims_mapping: { constant: { admin: true } },
      rotate_refresh_tokens: false,
      access_token_seconds: 86_400,
      authorization_code_seconds: 600,
      id_token_seconds: 86_400,
      refresh_token_idle_seconds: 86_400_000,
      refresh_token_seconds: 86_400_000,
      scope: 'openid reports.write',
    });
    expect(answer.client_id).not.toBe('chosen');
    expect(answer.client_secret).not.toBe('a secret that I chose');
    expect(answer).toMatchObject({ client_name: answer.client_id, first_party: false, audience: [], scope: 'openid' });
    for (const member of [
      'profile',
      'claims_mapping',
      'admin',
      'trusted',
      'skip_consent',
      'disabled',
      'client_name#ja',
    ])
      expect(answer).not.toHaveProperty([member]);
    for (const member of administratorMembers.filter((name) => /seconds$|^rotate/.test(name)))
      expect(answer).not.toHaveProperty(member);
  });

  test('gets the scope values of an API that is open to all, and not those of another', async () => {
    for (const api of ['open', 'closed']) {
      const resource = { identifier: `https://${api}.example/`, scope: `${api}:read`, open: api === 'open' };
      await registerResource(provider.context, newResourceSchema.parse(resource), actor);
    }
    const client = await registered({ scope: 'openid open:read closed:read' });
    expect(client).toMatchObject({ scope: 'openid open:read' });
    await removeResource(provider.context, 'https://open.example/', actor);
    expect(await registered({ scope: 'openid open:read' })).toMatchObject({ scope: 'openid' });
  });

  test('every member that only administrators set is one that there is', () => {
    expect(Object.keys(clientMetadataSchema.shape)).toEqual(expect.arrayContaining([...administratorMembers]));
  });

  const uris = (...redirect_uris: unknown[]) => ({ redirect_uris });
  test.each([
    ['null', 'null', 'invalid_client_metadata'],
    ['a list', '[]', 'invalid_client_metadata'],
    ['text', '"wiki"', 'invalid_client_metadata'],
    ['half an object', '{', 'invalid_client_metadata'],
    ['nothing', '', 'invalid_client_metadata'],
    ['no redirect URI', '{}', 'invalid_redirect_uri'],
    [
      '__proto__',
      '{"__proto__": {"first_party": true}, "redirect_uris": ["https://app.example/"]}',
      'invalid_client_metadata',
    ],
    ['text with NUL', { ...minimal, client_name: 'a\0b' }, 'invalid_client_metadata'],
    [
      'an initial access token in the body',
      { ...minimal, redirect_uris: [], initial_access_token: 'x' },
      'invalid_redirect_uri',
    ],
    ['redirect_uris that are no list', { redirect_uris: redirect_uri }, 'invalid_redirect_uri'],
    ['a redirect URI that is no text', uris({ href: redirect_uri }), 'invalid_redirect_uri'],
    ['60 redirect URIs', uris(...Array(60).fill(redirect_uri)), 'invalid_redirect_uri'],
    ['javascript: as redirect URI', uris('javascript:alert(1)'), 'invalid_redirect_uri'],
    ['data: as redirect URI', uris('data:text/html,x'), 'invalid_redirect_uri'],
    ['a fragment', uris('https://app.example/#x'), 'invalid_redirect_uri'],
    ['http to another machine', uris('http://app.example/'), 'invalid_redirect_uri'],
    ['javascript: as logo', { ...minimal, logo_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    ['javascript: as home page', { ...minimal, client_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    ['javascript: as policy', { ...minimal, policy_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    ['javascript: as terms', { ...minimal, tos_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    [
      'http to begin a sign-in',
      { ...minimal, initiate_login_uri: 'http://app.example/login' },
      'invalid_client_metadata',
    ],
    [
      'http to be told of a sign-out',
      { ...minimal, backchannel_logout_uri: 'http://10.0.0.1/' },
      'invalid_client_metadata',
    ],
    ['unsigned ID Tokens', { ...minimal, id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
    ['unsigned request objects', { ...minimal, request_object_signing_alg: 'none' }, 'invalid_client_metadata'],
    ['an unknown method', { ...minimal, token_endpoint_auth_method: 'magic' }, 'invalid_client_metadata'],
    ['an unknown grant', { ...minimal, grant_types: ['password'] }, 'invalid_client_metadata'],
    [
      'a grant without its response type',
      { ...minimal, grant_types: ['implicit'], response_types: ['code'] },
      'invalid_client_metadata',
    ],
    [
      'machines without a secret',
      { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' },
      'invalid_client_metadata',
    ],
    [
      'no PKCE without a secret',
      { ...minimal, token_endpoint_auth_method: 'none', require_pkce: false },
      'invalid_client_metadata',
    ],
    ['only scope of resource servers', { ...minimal, scope: 'reports.write' }, 'invalid_client_metadata'],
    ['scope outside the grammar', { ...minimal, scope: 'openid "' }, 'invalid_client_metadata'],
    [
      'keys in two places',
      { ...minimal, jwks: { keys: [] }, jwks_uri: 'https://app.example/' },
      'invalid_client_metadata',
    ],
    ['symmetric keys', { ...minimal, jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, 'invalid_client_metadata'],
    [
      'private keys',
      { ...minimal, jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A', d: 'A' }] } },
      'invalid_client_metadata',
    ],
  ])('refuses %s', async (_, body, error) => {
    const response = await send('POST', path, { body });
    expect(response.statusCode).toBe(400);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({ error, error_description: expect.stringMatching(/^[\x20-\x7E]+$/) });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])(
    'refuses a body of the type %s',
    async (type) => {
      const response = await provider.app.inject({
        method: 'POST',
        url: path,
        headers: type === undefined ? {} : { 'content-type': type },
        payload: JSON.stringify(minimal),
      });
      expect([400, 415]).toContain(response.statusCode);
      expect(response.json().error).toMatch(/^invalid_(request|client_metadata)$/);
    },
  );

  test('takes 256 KiB and no more', async () => {
    const filled = (length: number) => JSON.stringify({ ...minimal, unknown: 'x'.repeat(length) });
    expect((await send('POST', path, { body: filled(250_000) })).statusCode).toBe(201);
    expect((await send('POST', path, { body: filled(262_144) })).statusCode).toBe(413);
  });

  test('refuses what is nested too deep to read', async () => {
    const body = `{"jwks":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await send('POST', path, { body })).statusCode).toBe(400);
  });

  test('is slowed down where one network registers very many', { timeout: 60_000 }, async () => {
    const own = await startProvider({ settings: { CASTELLAN_CLIENT_REGISTRATION: 'open' } });
    const once = () =>
      own.app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/json' }, payload: '{}' });
    for (let count = 0; count < 1000; count++) expect((await once()).statusCode).toBe(400);
    expect((await once()).statusCode).toBe(429);
    own.clock.advance(61);
    expect((await once()).statusCode).toBe(400);
    await own.close();
  });

  test('no body at all leads to a failure of ours', { timeout: 60_000 }, async () => {
    const member = fc.constantFrom(...Object.keys(clientMetadataSchema.shape), 'client_id', '__proto__', 'toString');
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        redirect_uri,
        'https://app.example:0/',
        'http://[::1',
        'code',
        'implicit',
        'none',
        '\0',
        '\ud800',
      ),
      fc.array(fc.constantFrom(redirect_uri, 'code', 'code id_token', 'implicit', 'refresh_token', '', '*')),
    );
    const body = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.dictionary(member, value).map((metadata) => JSON.stringify({ ...minimal, ...metadata })),
      },
      fc.json(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const { statusCode } = await send('POST', path, { body: text });
        expect([201, 400]).toContain(statusCode);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what certification suites register', () => {
  const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'];
  const types = ['code', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'];
  const cases = types.flatMap((type, index) => [
    [type, methods[index % 4] ?? ''] as const,
    [type, methods[(index + 1) % 4] ?? ''] as const,
  ]);

  test.each(cases)('for %s with %s is taken as it stands, serves to the end, and goes', async (type, method) => {
    const keys = await makeKeyPair('RS256');
    const { kid: _, ...jwk } = keys.publicJwk;
    const gives = (part: string) => type.split(' ').includes(part);
    const grant_types = [
      ...(gives('code') ? ['authorization_code', 'refresh_token'] : []),
      ...(gives('token') || gives('id_token') ? ['implicit'] : []),
    ];
    const document = {
      ...minimal,
      client_name: 'suite 7kXw',
      grant_types,
      response_types: [type],
      token_endpoint_auth_method: method,
      jwks: { keys: [{ ...jwk, alg: 'RS256' }] },
      contacts: ['certification@oidf.org'],
    };
    const client = await registered(document);
    expect(client).toMatchObject(document);

    const sign = method === 'private_key_jwt' ? keys : secretKeyPair(client.client_secret);
    const token = async (form: Form) => {
      const { client_id, client_secret } = client;
      if (method === 'client_secret_basic') return provider.post('/oidc/oauth2/token', form, client);
      if (method === 'client_secret_post')
        return provider.post('/oidc/oauth2/token', { ...form, client_id, client_secret });
      const aud = `${provider.config.issuer}/oauth2/token`;
      const assertion = await signAssertion(provider, client, sign, { aud }, { kid: undefined });
      return provider.post('/oidc/oauth2/token', { ...form, ...withAssertion(assertion) });
    };
    const url = (changes: Form) =>
      authorizationUrl(client, {
        ...{ code_challenge: undefined, code_challenge_method: undefined, response_type: type },
        ...changes,
      });
    const first = answerOf(await authorize(browser, url({ scope: 'openid offline_access', prompt: 'consent' })));
    expect(['code', 'id_token', 'access_token'].map((name) => name in first)).toEqual(
      ['code', 'id_token', 'token'].map(gives),
    );
    const posted = formIn((await browser.get(url({ prompt: 'none', response_mode: 'form_post' }))).body).hidden;
    expect(posted).toMatchObject({ state: 'the-state', iss: provider.config.issuer });
    for (const { code } of gives('code') ? [first, posted] : []) {
      const tokens = (await token({ grant_type: 'authorization_code', code, redirect_uri })).json();
      expect(payloadOf(tokens.id_token).aud).toBe(client.client_id);
      const { refresh_token } = tokens;
      provider.clock.advance(1);
      const renewed = await token({ grant_type: 'refresh_token', refresh_token, scope: 'openid' });
      expect(Number(payloadOf(renewed.json().id_token).iat)).toBeGreaterThan(Number(payloadOf(tokens.id_token).iat));
    }
    const registration_access_token = client.registration_access_token;
    expect((await send('DELETE', pathOf(client), { token: registration_access_token })).statusCode).toBe(204);
  });
});

describe('where it is switched off', () => {
  test('which it is by default, there is no such endpoint and discovery names none', async () => {
    const own = await startProvider();
    for (const [method, url] of [
      ['POST', path],
      ['GET', `${path}/x`],
      ['PUT', `${path}/x`],
      ['DELETE', `${path}/x`],
    ] as const)
      expect((await send(method, url, { body: minimal, at: own })).statusCode).toBe(404);
    const { body } = await own.app.inject('/oidc/.well-known/openid-configuration');
    expect(body).not.toContain('registration_endpoint');
    await own.close();
  });

  test('and where it is on, discovery names it', async () => {
    const metadata = (await provider.app.inject('/oidc/.well-known/openid-configuration')).json();
    expect(metadata.registration_endpoint).toBe(`https://id.example${path}`);
  });
});

describe('a program that would act for itself', () => {
  const machine = { redirect_uris: [], grant_types: ['client_credentials'] };

  test('may not register where nobody vouches for it, at once or later', async () => {
    const refused = await send('POST', path, { body: machine });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().error).toBe('invalid_client_metadata');
    const client = await registered();
    const grant_types = ['authorization_code', 'client_credentials'];
    const changed = await send('PUT', pathOf(client), {
      body: document(client, { grant_types }),
      token: client.registration_access_token,
    });
    expect(changed.statusCode).toBe(400);
    expect(changed.json().error).toBe('invalid_client_metadata');
  });

  test('may register with an initial access token', async () => {
    const { token } = await addInitialAccessToken(guarded.context, { uses: 1, seconds: 600 }, actor);
    const response = await send('POST', path, { body: machine, token, at: guarded });
    expect(response.statusCode).toBe(201);
  });
});

describe('an initial access token', () => {
  test('lets one client register when it is for one, also when several try at once', async () => {
    const token = await initialAccessToken();
    const answers = await Promise.all([1, 2, 3].map(() => send('POST', path, { body: minimal, token, at: guarded })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 401, 401]);
  });

  test('is not used up by a registration that is refused', async () => {
    const token = await initialAccessToken();
    expect((await send('POST', path, { body: {}, token, at: guarded })).statusCode).toBe(400);
    expect((await send('POST', path, { body: minimal, token, at: guarded })).statusCode).toBe(201);
  });

  test('for three registers three', async () => {
    const token = await initialAccessToken(3);
    for (const status of [201, 201, 201, 401])
      expect((await send('POST', path, { body: minimal, token, at: guarded })).statusCode).toBe(status);
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ['none', async () => undefined],
    ['one that was made up', async () => 'a'.repeat(64)],
    ['one of another form', async () => 'token'],
    ['an expired one', async () => initialAccessToken(1, 0)],
    ['one with another verifier', async () => `${(await initialAccessToken()).slice(0, 40)}${'A'.repeat(24)}`],
  ])('is needed, and not %s', async (_, make) => {
    const response = await send('POST', path, { body: minimal, token: await make(), at: guarded });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    expect(response.json().error).toBe('invalid_token');
  });

  test('in the body counts for nothing', async () => {
    const body = { ...minimal, initial_access_token: await initialAccessToken() };
    expect((await send('POST', path, { body, at: guarded })).statusCode).toBe(401);
  });

  test('that is wrong is refused even where none is needed', async () => {
    expect((await send('POST', path, { body: minimal, token: 'a'.repeat(64) })).statusCode).toBe(401);
  });

  test('in an Authorization header of another scheme is refused', async () => {
    const response = await guarded.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json', authorization: `Basic ${await initialAccessToken()}` },
      payload: JSON.stringify(minimal),
    });
    expect(response.statusCode).toBe(400);
  });
});

describe('a registration', () => {
  test('is read with its token: all metadata, without the secret, of which only a hash is kept', async () => {
    const {
      client_secret: _,
      client_secret_expires_at: __,
      ...rest
    } = {
      client_secret_expires_at: 0,
      ...(await registered({ initiate_login_uri: 'https://app.example/login' })),
    };
    const client: Registered = { ...rest, client_secret: '' };
    const response = await send('GET', pathOf(client), { token: client.registration_access_token });
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual(rest);
  });

  test('is replaced whole: what is left out goes back to its default', async () => {
    const client = await registered({ client_name: 'Wiki', contacts: ['ada@example.com'] });
    const token = client.registration_access_token;
    const changed = await send('PUT', pathOf(client), {
      token,
      body: { client_id: client.client_id, redirect_uris: ['https://other.example/cb'], contacts: null },
    });
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({
      client_id: client.client_id,
      client_name: client.client_id,
      redirect_uris: ['https://other.example/cb'],
      registration_access_token: token,
    });
    expect(changed.json()).not.toHaveProperty('contacts');
    expect((await send('GET', pathOf(client), { token })).json()).toEqual(changed.json());
  });

  test('that was read can be sent back as it is, with its secret', async () => {
    const client = await registered();
    const token = client.registration_access_token;
    const response = await send('PUT', pathOf(client), { token, body: document(client) });
    expect(response.statusCode).toBe(200);
    await obtainCode(browser, client);
  });

  test('that begins to need a secret is given one', async () => {
    const client = await registered({ token_endpoint_auth_method: 'none' });
    const body = document(client, { token_endpoint_auth_method: 'client_secret_post' });
    const changed = await send('PUT', pathOf(client), { token: client.registration_access_token, body });
    expect(changed.json()).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 });
  });

  test('keeps what an administrator has set since, and cannot lower it', async () => {
    const client = await registered();
    const stored = await findClient(provider.context, client.client_id);
    if (!stored) throw new Error('the client is gone');
    const set = { first_party: true, audience: ['https://api.example'], require_pkce: true, scope: 'openid api' };
    await updateClient(provider.context, stored, { ...metadataOf(stored), ...set }, actor);
    const body = document(client, { first_party: false, audience: [], require_pkce: false, scope: 'openid api admin' });
    const changed = await send('PUT', pathOf(client), { token: client.registration_access_token, body });
    expect(changed.json()).toMatchObject(set);
  });

  test.each<[string, (client: Registered) => Record<string, unknown>]>([
    ['registration_access_token', ({ registration_access_token }) => ({ registration_access_token })],
    ['registration_client_uri', ({ registration_client_uri }) => ({ registration_client_uri })],
    ['client_secret_expires_at', () => ({ client_secret_expires_at: 0 })],
    ['client_id_issued_at', () => ({ client_id_issued_at: 0 })],
    ['another client_id', () => ({ client_id: 'other' })],
    ['no client_id', () => ({ client_id: undefined })],
    ['another client_secret', () => ({ client_secret: 'a secret that I chose' })],
    ['a client_secret that is no text', () => ({ client_secret: 5 })],
    ['no redirect_uris', () => ({ redirect_uris: undefined })],
    ['a redirect URI with a fragment', () => ({ redirect_uris: ['https://app.example/#x'] })],
    ['ID Tokens without signature', () => ({ id_token_signed_response_alg: 'none' })],
  ])('is not replaced with %s', async (_, changes) => {
    const client = await registered();
    const token = client.registration_access_token;
    const before = (await send('GET', pathOf(client), { token })).json();
    const response = await send('PUT', pathOf(client), { token, body: document(client, changes(client)) });
    expect(response.statusCode).toBe(400);
    expect((await send('GET', pathOf(client), { token })).json()).toEqual(before);
  });

  test('that is deleted answers 204, and everything of the client is dead', async () => {
    const client = await registered({ grant_types: ['authorization_code', 'refresh_token'] });
    const tokens = await obtainTokens(provider, browser, client);
    const code = await obtainCode(browser, client);
    const token = client.registration_access_token;
    const response = await send('DELETE', pathOf(client), { token });
    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect(response.headers['cache-control']).toBe('no-store');
    expect((await send('GET', pathOf(client), { token })).statusCode).toBe(401);
    expect((await redeem(provider, client, code)).statusCode).toBe(401);
    expect((await refresh(provider, client, tokens.refresh_token ?? '')).statusCode).toBe(401);
    expect((await userinfo(provider, tokens.access_token)).statusCode).toBe(401);
  });

  describe.each(['GET', 'PUT', 'DELETE'] as const)('is not for %s', (method) => {
    const others: readonly [string, (client: Registered) => Promise<string | undefined>][] = [
      ['nobody', async () => undefined],
      ['another client', async () => (await registered()).registration_access_token],
      ['the access token of a person', async (client) => (await obtainTokens(provider, browser, client)).access_token],
      [
        'an initial access token',
        async () => (await addInitialAccessToken(provider.context, { uses: 1, seconds: 60 }, actor)).token,
      ],
      [
        'a token with another verifier',
        async ({ registration_access_token }) => `${registration_access_token.slice(0, 40)}${'A'.repeat(24)}`,
      ],
    ];
    test.each(others)('by %s', async (_, tokenOf) => {
      const client = await registered();
      const body = method === 'PUT' ? document(client, { client_name: 'Changed' }) : undefined;
      const response = await send(method, pathOf(client), { token: await tokenOf(client), body });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
      expect(await findClient(provider.context, client.client_id)).toMatchObject({ client_name: client.client_id });
    });

    test('of a client that somebody else registered', async () => {
      const { client_id } = await provider.register();
      const { registration_access_token: token } = await registered();
      const response = await send(method, `${path}/${client_id}`, {
        token,
        ...(method === 'PUT' && { body: minimal }),
      });
      expect(response.statusCode).toBe(401);
    });

    test('of a client that an administrator switched off', async () => {
      const client = await registered();
      await setClientEnabled(provider.context, client.client_id, false, actor);
      const body = method === 'PUT' ? document(client) : undefined;
      const response = await send(method, pathOf(client), { token: client.registration_access_token, body });
      expect(response.statusCode).toBe(401);
    });
  });
});
