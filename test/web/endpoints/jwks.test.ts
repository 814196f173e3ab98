import { afterEach, beforeEach, expect, test } from 'vitest';
import { updateClient } from '../../../src/protocol/register-client.ts';
import { signingAlgs } from '../../../src/protocol/tokens/signing-algs.ts';
import { actor, type Provider, redirect_uri, startProvider } from '../../support/provider.ts';

const path = '/oidc/.well-known/jwks.json';
let provider: Provider;
beforeEach(async () => {
  provider = await startProvider();
});
afterEach(() => provider.close());

const get = (headers = {}) => provider.app.inject({ method: 'GET', url: path, headers });
async function published(): Promise<Record<string, string>[]> {
  return (await get()).json().keys;
}

test('the key set is served to any origin, cacheable and without a cookie', async () => {
  const response = await get({ origin: 'https://app.example' });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'application/jwk-set+json',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300',
  });
  expect(response.headers).not.toHaveProperty('set-cookie');
  expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
});

test('only public members are published, and each key has its own kid, with use and alg', async () => {
  for (const alg of signingAlgs) await provider.context.signingKeys.current(alg);
  const keys = await published();
  expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256', 'PS256', 'EdDSA']);
  for (const key of keys) {
    expect(Object.keys(key).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].includes(member))).toEqual(
      [],
    );
    expect(key).toMatchObject({ use: 'sig', kid: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
  }
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
});

test('after an immediate rotation the new key is there and the old one still is', async () => {
  const before = await published();
  await provider.context.signingKeys.rotate({ immediately: true });
  const after = await published();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after).toHaveLength(2 * before.length);
});

test('after a rotation the next key is there before it signs', async () => {
  const before = await published();
  await provider.context.signingKeys.rotate();
  const after = await published();
  expect(after).toHaveLength(2 * before.length);
  expect((await provider.context.signingKeys.current('RS256')).kid).toBe(before[0]?.kid);
});

test('a key is gone once the last token it signed has expired', async () => {
  const [old] = await published();
  await provider.context.signingKeys.rotate({ immediately: true });
  provider.clock.advance(86_400);
  expect((await published()).map(({ kid }) => kid)).toContain(old?.kid);
  provider.clock.advance(61);
  expect((await published()).map(({ kid }) => kid)).not.toContain(old?.kid);
});

test('who has the keys already is told so until they change', async () => {
  const { headers } = await get();
  const etag = String(headers.etag);
  provider.clock.advance(3600);
  expect((await get({ 'if-none-match': etag })).statusCode).toBe(304);
  await provider.context.signingKeys.rotate({ alg: 'ES256' });
  const changed = await get({ 'if-none-match': etag });
  expect(changed.statusCode).toBe(200);
  expect(changed.headers.etag).not.toBe(etag);
});

test('HEAD answers as GET does, without the body', async () => {
  const whole = await get();
  const head = await provider.app.inject({ method: 'HEAD', url: path });
  expect(head.statusCode).toBe(200);
  expect(head.body).toBe('');
  for (const name of ['content-type', 'etag', 'content-length']) expect(head.headers[name]).toBe(whole.headers[name]);
});

test('the first keys are made as soon as the server listens, before anybody asks for them', async () => {
  await provider.app.listen({ host: '127.0.0.1', port: 0 });
  await provider.app.close();
  expect((await provider.context.signingKeys.list()).map(({ alg }) => alg).toSorted()).toEqual(['ES256', 'RS256']);
});

test('a cache expires well before a key that was published ahead signs', async () => {
  const hasty = await startProvider({ settings: { CASTELLAN_KEY_PUBLICATION_SECONDS: '60' } });
  const response = await hasty.app.inject({ method: 'GET', url: path });
  expect(response.headers['cache-control']).toBe('public, max-age=30');
  await hasty.close();
});

test.each([
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'authorization_signed_response_alg',
  'introspection_signed_response_alg',
  'access_token_signed_response_alg',
])(
  'the first key of an algorithm is published when a client is registered with it as %s, before it signs',
  async (member) => {
    const algs = async () => (await published()).map(({ alg }) => alg);
    expect(await algs()).toEqual(['RS256', 'ES256']);
    const client = await provider.register({ [member]: 'PS256' });
    expect(await algs()).toEqual(['RS256', 'ES256', 'PS256']);
    await updateClient(provider.context, client, { redirect_uris: [redirect_uri], [member]: 'EdDSA' }, actor);
    expect(await algs()).toEqual(['RS256', 'ES256', 'PS256', 'EdDSA']);
  },
);
