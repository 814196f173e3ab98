/** A real client: requests that `openid-client` 6 pushes, signs, or does both with, over real sockets. */
import { createServer } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../support/http-browser.ts';
import { type Provider, password, redirect_uri, startProvider } from '../support/provider.ts';

let provider: Provider;
let origin: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: origin } });
  await provider.addUser();
  await provider.app.listen({ host: '127.0.0.1', port });
  keys = await generateKeyPair('ES256');
});
afterAll(() => provider.close());

const ways: readonly (readonly [
  title: string,
  metadata: Record<string, unknown>,
  build: (configuration: openid.Configuration, parameters: Record<string, string>) => Promise<URL>,
])[] = [
  ['pushed', { require_pushed_authorization_requests: true }, openid.buildAuthorizationUrlWithPAR],
  ['signed', { require_signed_request_object: true }, signed],
  [
    'signed and pushed',
    { require_signed_request_object: true, require_pushed_authorization_requests: true },
    async (configuration, parameters) =>
      openid.buildAuthorizationUrlWithPAR(configuration, (await signed(configuration, parameters)).searchParams),
  ],
];

test.each(ways)('a request that is %s goes all the way to the ID Token', async (_title, metadata, build) => {
  const publicJwk = { ...(await exportJWK(keys.publicKey)), kid: 'a-key' };
  const client = await provider.register({ first_party: true, jwks: { keys: [publicJwk] }, ...metadata });
  const configuration = await openid.discovery(
    new URL(provider.config.issuer),
    client.client_id,
    undefined,
    openid.ClientSecretBasic(client.client_secret),
    { execute: [openid.allowInsecureRequests] },
  );
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedNonce = openid.randomNonce();
  const expectedState = openid.randomState();
  const url = await build(configuration, {
    redirect_uri,
    scope: 'openid email',
    nonce: expectedNonce,
    state: expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  expect([...url.searchParams.keys()].toSorted()).not.toContain('nonce');

  const browser = new HttpBrowser(origin);
  const login = await browser.open(url.href);
  const answer = await browser.follow(await browser.submit(login, { username: 'alice', password }));
  const checks = { pkceCodeVerifier, expectedNonce, expectedState, idTokenExpected: true };
  const address = new URL(answer.headers.get('location') ?? '');
  const tokens = await openid.authorizationCodeGrant(configuration, address, checks);
  expect(tokens.claims()?.nonce).toBe(expectedNonce);
});

function signed(configuration: openid.Configuration, parameters: Record<string, string>): Promise<URL> {
  return openid.buildAuthorizationUrlWithJAR(configuration, parameters, { key: keys.privateKey, kid: 'a-key' });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
