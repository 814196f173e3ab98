import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeClient } from '../../src/protocol/clients.ts';
import { normalizeResponseType, responseTypes } from '../../src/protocol/response-types/index.ts';
import { sql } from '../../src/storage/database.ts';
import { authorizationUrl, authorize, payloadOf, redeem, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  type Form,
  formIn,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const tokenTypes = ['code id_token', 'code token', 'code id_token token', 'id_token', 'id_token token'];
const withIdToken = tokenTypes.filter((name) => name.split(' ').includes('id_token'));
const every = {
  response_types: ['code', 'none', ...tokenTypes],
  grant_types: ['authorization_code', 'implicit', 'refresh_token'],
  require_pkce: false,
  first_party: true,
};
const plain = { code_challenge: undefined, code_challenge_method: undefined };
const leftHalf = (hash: string, text: string | undefined) => {
  const digest = createHash(hash)
    .update(text ?? '')
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};

test.each([...responseTypes.keys()])('the values of %s stand in the order in which requests are read', (name) => {
  expect(normalizeResponseType(name.split(' ').reverse().join(' '))).toBe(name);
});

describe.each(engines)('an authorization response on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser({ claims: { name: 'Alice Liddell' } });
    client = await provider.register(every);
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  const ask = (changes: Form, from = browser): Promise<LightMyRequestResponse> =>
    authorize(from, authorizationUrl(client, { ...plain, ...changes }));

  test.each(tokenTypes)('for %s is in the fragment and has just those parts', async (response_type) => {
    const parts = response_type.split(' ');
    const response = await ask({ response_type, scope: 'openid email' });
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/callback#/);
    const {
      code,
      access_token,
      token_type,
      expires_in,
      scope,
      id_token,
      session_state: _,
      ...others
    } = answerOf(response);
    expect(others).toEqual({ state: 'the-state', iss: provider.config.issuer });
    expect([code !== undefined, id_token !== undefined, access_token !== undefined]).toEqual(
      ['code', 'id_token', 'token'].map((part) => parts.includes(part)),
    );
    if (access_token === undefined) {
      expect([token_type, expires_in, scope]).toEqual([undefined, undefined, undefined]);
    } else {
      expect({ token_type, expires_in, scope }).toEqual({
        token_type: 'Bearer',
        expires_in: '3600',
        scope: 'openid email',
      });
      expect((await userinfo(provider, access_token)).json()).toMatchObject({ email: 'alice@example.com' });
    }
    if (id_token === undefined) return;
    const jwks = await provider.context.signingKeys.jwks();
    const { payload } = await jwtVerify(id_token, createLocalJWKSet({ keys: [...jwks.keys] }), {
      issuer: provider.config.issuer,
      audience: client.client_id,
      algorithms: ['RS256'],
      currentDate: new Date(provider.clock.now * 1000),
    });
    expect(payload.nonce).toBe('the-nonce');
    expect(payload.at_hash).toBe(access_token === undefined ? undefined : leftHalf('sha256', access_token));
    expect(payload.c_hash).toBe(code === undefined ? undefined : leftHalf('sha256', code));
    expect(payload).not.toHaveProperty('s_hash');
    // OpenID Connect Core §5.4: where there is an access token, the claims of the scope are for userinfo.
    expect(payload.email).toBe(response_type === 'id_token' ? 'alice@example.com' : undefined);
  });

  test.each(tokenTypes.filter((name) => name.startsWith('code')))(
    'for %s gives a code whose tokens agree with what came before',
    async (response_type) => {
      const {
        code = '',
        id_token,
        access_token,
      } = answerOf(await ask({ response_type, scope: 'openid offline_access' }));
      const tokens = (await redeem(provider, client, code, { code_verifier: undefined })).json();
      expect(tokens.refresh_token).toBeDefined();
      const later = payloadOf(tokens.id_token);
      expect(later).toMatchObject({ iss: provider.config.issuer, nonce: 'the-nonce' });
      expect(later).not.toHaveProperty('c_hash');
      if (id_token !== undefined) {
        const { iss, sub, aud, auth_time, sid } = payloadOf(id_token);
        expect(later).toMatchObject({ iss, sub, aud, auth_time, sid });
      }
      if (access_token !== undefined) expect(payloadOf(access_token).sub).toBe(later.sub);
    },
  );

  test('a code that comes again takes the access token of the front channel with it', async () => {
    const { code = '', access_token = '' } = answerOf(await ask({ response_type: 'code token' }));
    expect((await redeem(provider, client, code, { code_verifier: undefined })).statusCode).toBe(200);
    expect((await userinfo(provider, access_token)).statusCode).toBe(200);
    expect((await redeem(provider, client, code, { code_verifier: undefined })).statusCode).toBe(400);
    expect((await userinfo(provider, access_token)).statusCode).toBe(401);
  });

  test('for none is no more than state and iss, after the person allowed it', async () => {
    const asking = await provider.register({ ...every, first_party: false });
    const request = authorizationUrl(asking, { ...plain, response_type: 'none' });
    expect((await browser.open(request)).body).toContain('id="consent-allow"');
    const response = await authorize(browser, request);
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/callback\?/);
    expect(answerOf(response)).toEqual({ state: 'the-state', iss: provider.config.issuer });
    const codes = await provider.context.database.all(
      sql`SELECT id FROM authorization_codes WHERE client_id = ${asking.client_id}`,
    );
    expect(codes).toEqual([]);
  });

  test.each([
    ['id_token code', 'code id_token'],
    ['token id_token code', 'code id_token token'],
    ['token id_token', 'id_token token'],
  ])('for %s is the same as for %s, since its values are a set', async (asked, name) => {
    const { code, id_token, access_token } = answerOf(await ask({ response_type: asked }));
    const got = [code && 'code', id_token && 'id_token', access_token && 'token'].filter((part) => part !== undefined);
    expect(got.join(' ')).toBe(name);
  });

  test.each<[string, string, Form, string]>([
    ...tokenTypes.map((name): [string, string, Form, string] => [
      'response_mode=query',
      name,
      { response_mode: 'query' },
      'invalid_request',
    ]),
    ...tokenTypes.map((name): [string, string, Form, string] => [
      'response_mode=query.jwt, which is not encrypted',
      name,
      { response_mode: 'query.jwt' },
      'invalid_request',
    ]),
    ...withIdToken.map((name): [string, string, Form, string] => [
      'no nonce',
      name,
      { nonce: undefined },
      'invalid_request',
    ]),
    ...withIdToken.map((name): [string, string, Form, string] => [
      'no openid in the scope',
      name,
      { scope: 'profile' },
      'invalid_request',
    ]),
    ['a key that the token would not be bound to', 'code token', { dpop_jkt: 'k'.repeat(43) }, 'invalid_request'],
    ['claims that are no JSON', 'id_token token', { claims: '{' }, 'invalid_request'],
    ['an unknown response_mode', 'id_token', { response_mode: 'web_message' }, 'invalid_request'],
    ['prompt=none without a session', 'code id_token', { prompt: 'none', from: 'nobody' }, 'login_required'],
    ['a challenge that is none', 'id_token', { code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request'],
  ])('with %s is an error in the fragment for %s', async (_why, response_type, { from, ...changes }, error) => {
    const response = await ask({ response_type, ...changes }, from === 'nobody' ? provider.browser() : browser);
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/callback#/);
    const answer = answerOf(response);
    expect(answer).toMatchObject({ error, state: 'the-state', iss: provider.config.issuer });
    for (const part of ['code', 'access_token', 'id_token']) expect(answer).not.toHaveProperty(part);
  });

  test.each([
    'token',
    'code code',
    'id_token id_token',
    'none code',
    'code token id_token none',
    'ID_TOKEN',
    'code\tid_token',
  ])('for %j is unsupported_response_type', async (response_type) => {
    expect(answerOf(await ask({ response_type }))).toMatchObject({ error: 'unsupported_response_type' });
  });

  test.each(['code token', 'id_token', 'none'])(
    'for %s is unauthorized_client when the registration did not name it',
    async (response_type) => {
      const ordinary = await provider.register();
      expect(ordinary.response_types).toEqual(['code']);
      const response = await browser.open(authorizationUrl(ordinary, { response_type }));
      expect(answerOf(response)).toMatchObject({ error: 'unauthorized_client', state: 'the-state' });
      expect(locationOf(response)).toContain(response_type === 'none' ? '/callback?' : '/callback#');
      await removeClient(provider.context, ordinary.client_id, actor);
    },
  );

  test('with a code and no PKCE is refused to a client that must use it, and without a code there is nothing to prove', async () => {
    const strict = await provider.register({ ...every, token_endpoint_auth_method: 'none', require_pkce: true });
    const request = (response_type: string) => authorizationUrl(strict, { ...plain, response_type });
    const refused = await browser.open(request('code id_token'));
    expect(locationOf(refused)).toMatch(/#error=invalid_request/);
    expect(answerOf(await browser.open(request('id_token'))).id_token).toBeDefined();
  });

  test('without a code has no offline_access, which would need a refresh token', async () => {
    const { access_token, scope } = answerOf(
      await ask({ response_type: 'id_token token', scope: 'openid offline_access', prompt: 'consent' }),
    );
    expect(scope).toBe('openid');
    expect(payloadOf(access_token).scope).toBe('openid');
  });

  test.each(['none', 'id_token', 'id_token token', 'code id_token token'])(
    'for %s is given once for one sign-in, even when its last step is taken twice',
    async (response_type) => {
      const other = await provider.register({ ...every, first_party: false });
      const page = await browser.open(authorizationUrl(other, { ...plain, response_type }));
      const form = formIn(page.body);
      const last = await browser.post(form.action, { ...form.hidden, decision: 'allow' });
      const [first, second] = await Promise.all([
        browser.get(locationOf(last) ?? ''),
        browser.get(locationOf(last) ?? ''),
      ]);
      const statuses = [first.statusCode, second.statusCode].sort();
      expect(statuses[0]).toBe(303);
      expect(statuses[1]).toBeGreaterThanOrEqual(400);
    },
  );

  test('may be posted in a form, tokens and all', async () => {
    const page = await ask({ response_type: 'code id_token token', response_mode: 'form_post' });
    const { action, hidden } = formIn(page.body);
    expect(action).toBe(redirect_uri);
    expect(Object.keys(hidden)).toEqual(
      expect.arrayContaining(['code', 'id_token', 'access_token', 'token_type', 'expires_in', 'state', 'iss']),
    );
  });

  test.each(tokenTypes)('that is an error is posted for %s when the request wants that', async (response_type) => {
    const page = await ask({ response_type, response_mode: 'form_post', prompt: 'none' }, provider.browser());
    const { action, hidden } = formIn(page.body);
    expect(action).toBe(redirect_uri);
    expect(hidden).toMatchObject({ error: 'login_required', state: 'the-state', iss: provider.config.issuer });
  });

  test.each(withIdToken)(
    'for %s is silent for prompt=none and its own hint, and new after prompt=login',
    async (response_type) => {
      const walk = provider.browser();
      const first = payloadOf(answerOf(await ask({ response_type }, walk)).id_token);
      const id_token_hint = answerOf(await ask({ response_type }, walk)).id_token;
      const silent = await walk.get(
        authorizationUrl(client, { ...plain, response_type, prompt: 'none', id_token_hint, max_age: '10000' }),
      );
      const { sub, auth_time } = payloadOf(answerOf(silent).id_token);
      expect({ sub, auth_time }).toEqual({ sub: first.sub, auth_time: first.auth_time });

      provider.clock.advance(1);
      const again = payloadOf(answerOf(await ask({ response_type, prompt: 'login' }, walk)).id_token);
      expect(again.sub).toBe(sub);
      expect(Number(again.auth_time)).toBeGreaterThan(Number(auth_time));
    },
  );

  test('for id_token has claims that are asked for by name as well', async () => {
    const claims = JSON.stringify({ id_token: { name: { essential: true } } });
    const { id_token } = answerOf(await ask({ response_type: 'id_token', scope: 'openid', claims }));
    expect(payloadOf(id_token)).toMatchObject({ name: 'Alice Liddell' });
    expect(payloadOf(id_token)).not.toHaveProperty('email');
  });

  test('has an access token that ends with the session', async () => {
    const walk = provider.browser();
    const { access_token = '', id_token } = answerOf(await ask({ response_type: 'id_token token' }, walk));
    expect((await userinfo(provider, access_token)).statusCode).toBe(200);
    await walk.open(`/oidc/oauth2/logout?${new URLSearchParams({ id_token_hint: id_token ?? '' })}`);
    expect((await userinfo(provider, access_token)).statusCode).toBe(401);
  });

  test('has the hash of the client’s own algorithm', async () => {
    const hashes = { RS256: 'sha256', ES256: 'sha256', PS256: 'sha256', EdDSA: 'sha512' };
    for (const [alg, hash] of Object.entries(hashes)) {
      const signing = await provider.register({ ...every, id_token_signed_response_alg: alg });
      const { id_token, code, access_token } = answerOf(
        await authorize(browser, authorizationUrl(signing, { ...plain, response_type: 'code id_token token' })),
      );
      const header = JSON.parse(Buffer.from(id_token?.split('.')[0] ?? '', 'base64url').toString());
      expect(header).toMatchObject({ alg, kid: expect.any(String) });
      expect(payloadOf(id_token)).toMatchObject({
        at_hash: leftHalf(hash, access_token),
        c_hash: leftHalf(hash, code),
      });
    }
  });

  test('never has a token in the query, whatever was asked for', async () => {
    const modes = ['query', 'fragment', 'form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt', 'web', ''];
    const values = fc.subarray(['code', 'id_token', 'token', 'none'], { minLength: 0 });
    const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const request = fc.record({
      response_type: some(
        fc.oneof(
          values.map((parts) => parts.join(' ')),
          fc.string({ maxLength: 20 }),
        ),
      ),
      response_mode: some(fc.oneof(fc.constantFrom(...modes), fc.string({ maxLength: 10 }))),
      prompt: some(fc.constantFrom('none', 'consent', 'bogus')),
      nonce: some(fc.string({ maxLength: 10 })),
      state: some(fc.string({ maxLength: 20 })),
      scope: some(fc.constantFrom('openid', 'openid offline_access', 'email', '"', '')),
      claims: some(fc.constantFrom('{"id_token":{"email":null}}', '{', 'null')),
    });
    await fc.assert(
      fc.asyncProperty(request, async (changes) => {
        const response = await browser.open(authorizationUrl(client, { ...plain, ...changes }));
        expect(response.statusCode).toBeLessThan(500);
        const location = locationOf(response);
        if (location === undefined) return;
        const { origin, pathname, searchParams } = new URL(location);
        expect(origin + pathname).toBe(redirect_uri);
        expect(searchParams.has('access_token') || searchParams.has('id_token')).toBe(false);
        const signed = searchParams.get('response');
        if (signed !== null) {
          expect(payloadOf(signed)).not.toHaveProperty('access_token');
          expect(payloadOf(signed)).not.toHaveProperty('id_token');
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe('registration', () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(() => provider.close());

  test.each<[string, Record<string, unknown>, string]>([
    ['an implicit response type without its grant type', { response_types: ['id_token'] }, 'implicit'],
    [
      'the grant type implicit without a response type for it',
      { grant_types: ['implicit'], response_types: ['code'] },
      'implicit',
    ],
    [
      'a hybrid response type with implicit alone',
      { grant_types: ['implicit'], response_types: ['code id_token'] },
      'authorization_code',
    ],
    ['the response type token, which is not given', { response_types: ['token'] }, 'token is not one of'],
    ['an unsigned ID Token', { id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg'],
    ['an ID Token with a MAC', { id_token_signed_response_alg: 'HS256' }, 'id_token_signed_response_alg'],
    ['unsigned userinfo with a signature', { userinfo_signed_response_alg: 'none' }, 'userinfo_signed_response_alg'],
    ['unsigned signed responses', { authorization_signed_response_alg: 'none' }, 'authorization_signed_response_alg'],
    [
      'front-channel access tokens for bound tokens',
      {
        grant_types: ['authorization_code', 'implicit'],
        response_types: ['code token'],
        dpop_bound_access_tokens: true,
      },
      'unbound',
    ],
  ])('refuses %s', async (_what, metadata, words) => {
    await expect(provider.register({ grant_types: ['authorization_code'], ...metadata })).rejects.toThrow(words);
  });

  test('takes response types in any order of their values', async () => {
    const { response_types } = await provider.register({
      grant_types: ['authorization_code', 'implicit'],
      response_types: ['token id_token', 'id_token code'],
    });
    expect(response_types).toEqual(['id_token token', 'code id_token']);
  });
});
