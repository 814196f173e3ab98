/** A real client of the FAPI 2.0 profiles over real sockets: `openid-client` 6 with PAR, private_key_jwt, DPoP, JAR, JARM. */
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { HttpBrowser } from '../support/http-browser.ts';
import { password } from '../support/provider.ts';

const redirect_uri = 'https://app.example/callback';
const scope = 'openid profile offline_access';

let installation: Installation;
let keys: { publicKey: CryptoKey; privateKey: CryptoKey };

beforeAll(async () => {
  installation = await newInstallation();
  keys = await generateKeyPair('PS256');
  const words = ['user', 'add', '--username', 'alice', '--email', 'alice@example.com', '--name', 'Alice Example'];
  const { status, stderr } = await installation.run([...words, '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => installation.remove());

/** Registers a client of a profile with the command line, and discovers the server with it. */
async function discover(profile: string): Promise<openid.Configuration> {
  const metadata = {
    profile,
    client_name: `An application with ${profile}`,
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'a', alg: 'PS256' }] },
    scope,
  };
  const { status, stdout, stderr } = await installation.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  const registered: { client_id: string; id_token_signed_response_alg: string } = JSON.parse(stdout);
  const authentication = openid.PrivateKeyJwt({ key: keys.privateKey, kid: 'a' });
  const issuer = new URL(`${installation.url}/oidc`);
  return openid.discovery(issuer, registered.client_id, registered, authentication, {
    execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
  });
}

/** Signs a person in on the pages, and resolves with where the browser is sent. */
async function answerTo(url: URL): Promise<URL> {
  const browser = new HttpBrowser(installation.url);
  let answer = await browser.open(url.href);
  for (let pages = 0; pages < 3 && answer.headers.get('location') === null; pages++) {
    const isSignIn = answer.body.includes('id="login-password"');
    answer = await browser.submit(answer, isSignIn ? { username: 'alice', password } : { decision: 'allow' });
    answer = await browser.follow(answer);
  }
  return new URL(answer.headers.get('location') ?? 'about:blank');
}

async function asked() {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedState = openid.randomState();
  const expectedNonce = openid.randomNonce();
  return {
    parameters: {
      redirect_uri,
      scope,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    },
    checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
  };
}

describe.each([
  ['without server nonces', '0'],
  ['with server nonces', '60'],
])('%s', (_title, CASTELLAN_DPOP_NONCE_SECONDS) => {
  beforeAll(async () => {
    const server = await installation.start({ CASTELLAN_LOG_LEVEL: 'warn', CASTELLAN_DPOP_NONCE_SECONDS });
    return async () => void (await server.stop());
  });

  test('a client with fapi2 goes all the way: push, code, bound tokens, userinfo, refresh with a new key', async () => {
    const configuration = await discover('fapi2');
    const { parameters, checks } = await asked();
    const DPoP = openid.getDPoPHandle(configuration, await openid.randomDPoPKeyPair('ES256'));
    const url = await openid.buildAuthorizationUrlWithPAR(configuration, parameters, { DPoP });
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);

    const tokens = await openid.authorizationCodeGrant(configuration, await answerTo(url), checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    const sub = tokens.claims()?.sub ?? '';
    const userinfo = await openid.fetchUserInfo(configuration, tokens.access_token, sub, { DPoP });
    expect(userinfo).toMatchObject({ sub, name: 'Alice Example' });

    const newKey = openid.getDPoPHandle(configuration, await openid.randomDPoPKeyPair('EdDSA'));
    const refreshed = await openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '', undefined, {
      DPoP: newKey,
    });
    expect(refreshed.token_type).toBe('dpop');
    await openid.fetchUserInfo(configuration, refreshed.access_token, sub, { DPoP: newKey });
    await expect(openid.fetchUserInfo(configuration, refreshed.access_token, sub, { DPoP })).rejects.toThrow();
    await expect(openid.fetchUserInfo(configuration, refreshed.access_token, sub)).rejects.toThrow();
    await expect(openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toThrow();
  });

  test('a client with fapi2_message_signing signs its requests and reads signed answers', async () => {
    const configuration = await discover('fapi2_message_signing');
    openid.useJwtResponseMode(configuration);
    const { parameters, checks } = await asked();
    const DPoP = openid.getDPoPHandle(configuration, await openid.randomDPoPKeyPair('PS256'));
    const signed = await openid.buildAuthorizationUrlWithJAR(configuration, parameters, {
      key: keys.privateKey,
      kid: 'a',
    });
    const url = await openid.buildAuthorizationUrlWithPAR(configuration, signed.searchParams, { DPoP });
    const answer = await answerTo(url);
    expect([...answer.searchParams.keys()]).toEqual(['response']);
    const tokens = await openid.authorizationCodeGrant(configuration, answer, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
  });
});
