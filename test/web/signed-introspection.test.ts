import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { obtainTokens, type Tokens } from '../support/code-flow.ts';
import { type Provider, type RegisteredClient, startProvider } from '../support/provider.ts';

const type = 'application/token-introspection+jwt';

let provider: Provider;
let client: RegisteredClient;
let tokens: Tokens;

beforeAll(async () => {
  provider = await startProvider();
  await provider.addUser();
  client = await provider.register({ first_party: true });
  tokens = await obtainTokens(provider, provider.browser(), client);
});
afterAll(() => provider.close());

const ask = (token: string | undefined, accept: string, asking = client) =>
  provider.post('/oidc/oauth2/introspect', { token }, asking, { accept });

async function verified(jwt: string) {
  const keys = (await provider.app.inject('/oidc/.well-known/jwks.json')).json();
  return jwtVerify(jwt, createLocalJWKSet(keys), { typ: 'token-introspection+jwt' });
}

test.each([type, `application/json;q=0.5, ${type}`, type.toUpperCase()])(
  'Accept: %s gets a signed answer for the client that asks',
  async (accept) => {
    const response = await ask(tokens.access_token, accept);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe(type);
    expect(response.headers['cache-control']).toBe('no-store');
    const { payload, protectedHeader } = await verified(response.body);
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'token-introspection+jwt' });
    expect(payload).toEqual({
      iss: provider.config.issuer,
      aud: client.client_id,
      iat: provider.clock.now,
      token_introspection: (await ask(tokens.access_token, 'application/json')).json(),
    });
    expect(payload.token_introspection).toMatchObject({ active: true, client_id: client.client_id });
  },
);

test.each(['application/json', '*/*', 'application/jwt', `${type};q=0`, ''])('Accept: %s gets JSON', async (accept) => {
  const response = await ask(tokens.access_token, accept);
  expect(response.headers['content-type']).toMatch(/^application\/json/);
  expect(response.json().active).toBe(true);
});

test.each(['RS256', 'ES256', 'PS256', 'EdDSA'])('a client registered for %s gets that', async (alg) => {
  const asking = await provider.register({ introspection_signed_response_alg: alg });
  const { payload, protectedHeader } = await verified((await ask('unknown', type, asking)).body);
  expect(protectedHeader.alg).toBe(alg);
  expect(payload.token_introspection).toEqual({ active: false });
});

test('a signed answer is not taken for an access token', async () => {
  const jwt = (await ask(tokens.access_token, type)).body;
  const response = await provider.app.inject({ url: '/oidc/userinfo', headers: { authorization: `Bearer ${jwt}` } });
  expect(response.statusCode).toBe(401);
  expect((await ask(jwt, 'application/json')).json()).toEqual({ active: false });
});

test('what is wrong with the request is told in JSON, whatever is accepted', async () => {
  const response = await ask(undefined, type);
  expect(response.statusCode).toBe(400);
  expect(response.json().error).toBe('invalid_request');
});
