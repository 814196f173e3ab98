import type { LightMyRequestResponse } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizationUrl, authorize, payloadOf, redeem, userinfo } from '../support/code-flow.ts';
import {
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
import { pushedRequestUrl } from '../support/pushed-request.ts';
import { newClientKey } from '../support/request-object.ts';

const registration = {
  response_types: ['code', 'none', 'id_token', 'code id_token token'],
  grant_types: ['authorization_code', 'implicit'],
  first_party: true,
};

describe('a signed authorization response (JARM)', () => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider();
    await provider.addUser();
    client = await provider.register(registration);
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  const ask = (changes: Form, from = browser, of = client) => authorize(from, authorizationUrl(of, changes));

  /** The claims of the response, which must be the only parameter, verified as a client does it. */
  async function open(parameters: Record<string, string>, { of = client, alg = 'RS256' } = {}) {
    expect(Object.keys(parameters)).toEqual(['response']);
    const jwks = await provider.context.signingKeys.jwks();
    const { payload, protectedHeader } = await jwtVerify(
      parameters.response ?? '',
      createLocalJWKSet({ keys: [...jwks.keys] }),
      {
        issuer: provider.config.issuer,
        audience: of.client_id,
        algorithms: [alg],
        currentDate: new Date(provider.clock.now * 1000),
      },
    );
    expect(protectedHeader.kid).toEqual(expect.any(String));
    expect(payload.aud).toBe(of.client_id);
    expect(payload.exp).toBeGreaterThan(provider.clock.now + 10);
    expect(payload.exp).toBeLessThan(provider.clock.now + 600);
    return payload;
  }

  test.each([
    ['jwt', 'code', '?'],
    ['query.jwt', 'code', '?'],
    ['fragment.jwt', 'code', '#'],
    ['jwt', 'none', '?'],
    ['jwt', 'id_token', '#'],
    ['jwt', 'code id_token token', '#'],
    ['fragment.jwt', 'code id_token token', '#'],
  ])('with %s for %s is one parameter after %s', async (response_mode, response_type, separator) => {
    const response = await ask({ response_mode, response_type });
    expect(locationOf(response)?.startsWith(`${redirect_uri}${separator}response=`)).toBe(true);
    const claims = await open(answerOf(response));
    expect(claims).toMatchObject({ iss: provider.config.issuer, state: 'the-state' });
    const parts = response_type.split(' ');
    expect([claims.code !== undefined, claims.id_token !== undefined, claims.access_token !== undefined]).toEqual(
      ['code', 'id_token', 'token'].map((part) => parts.includes(part)),
    );
  });

  test.each(['code', 'code id_token token'])('with form_post.jwt is posted for %s', async (response_type) => {
    const page = await ask({ response_mode: 'form_post.jwt', response_type });
    const { action, hidden } = formIn(page.body);
    expect(action).toBe(redirect_uri);
    expect((await open(hidden)).code).toBeDefined();
  });

  test('has no state when none was sent, and its code is as good as any', async () => {
    const claims = await open(answerOf(await ask({ response_mode: 'jwt', state: undefined })));
    expect(claims).not.toHaveProperty('state');
    expect((await redeem(provider, client, String(claims.code))).statusCode).toBe(200);
  });

  test.each(['RS256', 'ES256', 'PS256', 'EdDSA'])('is signed with %s when the client is registered so', async (alg) => {
    const of = await provider.register({ authorization_signed_response_alg: alg, first_party: true });
    expect((await open(answerOf(await ask({ response_mode: 'jwt' }, browser, of)), { of, alg })).code).toBeDefined();
  });

  test.each<[string, Form, string, string]>([
    ['prompt=none without a session', { prompt: 'none', from: 'nobody' }, 'login_required', '?'],
    ['a prompt that nobody knows', { prompt: 'bogus' }, 'invalid_request', '?'],
    ['a scope out of the grammar', { scope: 'openid "' }, 'invalid_scope', '?'],
    ['a missing nonce', { response_type: 'id_token', nonce: undefined }, 'invalid_request', '#'],
    ['a response type that it is not registered for', { response_type: 'id_token token' }, 'unauthorized_client', '#'],
    ['no response type', { response_type: undefined }, 'invalid_request', '?'],
  ])('tells of %s too', async (_why, { from, ...changes }, error, separator) => {
    const response = await ask({ response_mode: 'jwt', ...changes }, from === 'nobody' ? provider.browser() : browser);
    expect(locationOf(response)?.startsWith(`${redirect_uri}${separator}response=`)).toBe(true);
    expect(await open(answerOf(response))).toMatchObject({ error, state: 'the-state' });
  });

  test('tells that the person did not allow it', async () => {
    const asking = await provider.register();
    const page = await browser.open(authorizationUrl(asking, { response_mode: 'jwt' }));
    const response = await browser.submit(page, { decision: 'deny' });
    expect(await open(answerOf(response), { of: asking })).toMatchObject({
      error: 'access_denied',
      state: 'the-state',
    });
  });

  test('of a pushed request is signed as well', async () => {
    const url = await pushedRequestUrl(provider, client, { response_mode: 'jwt' });
    expect((await open(answerOf(await authorize(browser, url)))).code).toBeDefined();
  });

  test('is no hint and no token of ours, whatever it is presented as', async () => {
    const { response = '' } = answerOf(await ask({ response_mode: 'jwt' }));
    expect((await userinfo(provider, response)).statusCode).toBe(401);
    expect(answerOf(await ask({ id_token_hint: response, response_mode: 'query' }))).toMatchObject({
      error: 'invalid_request',
    });
  });

  test('of a client held to FAPI 2.0 is signed with ES256 unless it says otherwise, and never with RS256', async () => {
    const { publicJwk } = await newClientKey('ES256');
    const metadata = { profile: 'fapi2_message_signing', jwks: { keys: [publicJwk] } };
    expect((await provider.register(metadata)).authorization_signed_response_alg).toBe('ES256');
    const other = provider.register({ ...metadata, authorization_signed_response_alg: 'RS256' });
    await expect(other).rejects.toThrow('authorization_signed_response_alg');
  });
});

describe('signed userinfo', () => {
  let provider: Provider;
  let browser: TestBrowser;

  beforeAll(async () => {
    provider = await startProvider();
    await provider.addUser();
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  async function ask(client: RegisteredClient): Promise<{ response: LightMyRequestResponse; id_token: string }> {
    const { code = '' } = answerOf(await authorize(browser, authorizationUrl(client, { scope: 'openid email' })));
    const tokens = (await redeem(provider, client, code)).json();
    return { response: await userinfo(provider, tokens.access_token), id_token: tokens.id_token };
  }

  test.each(['RS256', 'ES256', 'PS256', 'EdDSA'])('is a JWT with %s for the client that asked for it', async (alg) => {
    const client = await provider.register({ userinfo_signed_response_alg: alg, first_party: true });
    const { response, id_token } = await ask(client);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/jwt');
    const jwks = await provider.context.signingKeys.jwks();
    const { payload } = await jwtVerify(response.body, createLocalJWKSet({ keys: [...jwks.keys] }), {
      issuer: provider.config.issuer,
      audience: client.client_id,
      algorithms: [alg],
      currentDate: new Date(provider.clock.now * 1000),
    });
    expect(payload).toMatchObject({ sub: payloadOf(id_token).sub, email: 'alice@example.com' });
    expect(payload).not.toHaveProperty('nonce');
  });

  test('stays JSON for everybody else, errors included', async () => {
    const { response } = await ask(await provider.register({ first_party: true }));
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.json()).not.toHaveProperty('iss');
    expect((await userinfo(provider, 'nonsense')).headers['content-type']).toMatch(/^application\/json/);
  });

  test('is no ID Token: as a hint it is refused', async () => {
    const client = await provider.register({ userinfo_signed_response_alg: 'RS256', first_party: true });
    const { response } = await ask(client);
    const answer = answerOf(await browser.open(authorizationUrl(client, { id_token_hint: response.body })));
    expect(answer).toMatchObject({ error: 'invalid_request' });
    expect((await userinfo(provider, response.body)).statusCode).toBe(401);
  });
});
