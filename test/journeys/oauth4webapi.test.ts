/** A strict client of the FAPI 2.0 profiles, and a device: `oauth4webapi` 3 over real sockets checks every answer itself. */
import { exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { type HttpAnswer, HttpBrowser } from '../support/http-browser.ts';
import { password } from '../support/provider.ts';

const redirect_uri = 'https://app.example/callback';
const scope = 'openid profile offline_access';
const http = { [oauth.allowInsecureRequests]: true };

let castellan: Installation;
let keys: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };

beforeAll(async () => {
  castellan = await newInstallation();
  keys = await oauth.generateKeyPair('PS256');
  const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--name', 'Ada Example'];
  const { status, stderr } = await castellan.run([...words, '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => castellan.remove());

async function register(metadata: object): Promise<oauth.Client> {
  const { status, stdout, stderr } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A client that has a key and no secret, held to a security profile. */
async function registerWithProfile(profile: string): Promise<oauth.Client> {
  return register({
    profile,
    client_name: `An application with ${profile}`,
    redirect_uris: [redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'a', alg: 'PS256' }] },
    scope,
  });
}

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(`${castellan.url}/oidc`);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
}

const withKey = () => oauth.PrivateKeyJwt({ key: keys.privateKey, kid: 'a' });

/** Asks, and asks once more with the nonce when the server wants one in the proof. */
async function withNonce<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return ask();
  }
}

/** Does what the pages ask for, until one of them leads away or says that all is done. */
async function answerPages(browser: HttpBrowser, url: string): Promise<HttpAnswer> {
  let answer = await browser.open(url);
  for (let pages = 0; pages < 4 && !answer.headers.has('location'); pages++) {
    if (answer.body.includes('id="login-password"'))
      answer = await browser.submit(answer, { username: 'ada', password });
    else if (answer.body.includes('id="consent-allow"')) answer = await browser.submit(answer, { decision: 'allow' });
    else if (answer.body.includes('name="user_code"'))
      answer = await browser.submit(answer, {
        user_code: /name="user_code"[^>]* value="([^"]+)"/.exec(answer.body)?.[1],
      });
    else return answer;
    if (answer.headers.has('location')) answer = await browser.follow(answer);
  }
  return answer;
}

async function addressAfter(request: URL): Promise<URL> {
  const { headers, body } = await answerPages(new HttpBrowser(castellan.url), request.href);
  const location = headers.get('location');
  if (location === null) throw new Error(`no redirect: ${body}`);
  return new URL(location);
}

interface Flow {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly DPoP: oauth.DPoPHandle;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

async function begin(client: oauth.Client): Promise<Flow> {
  return {
    as: await discover(),
    client,
    DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
}

async function parametersOf({ client, state, nonce, verifier }: Flow): Promise<Record<string, string>> {
  return {
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri,
    scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
}

/** Pushes a request, and gives the address for the browser. */
async function push({ as, client, DPoP }: Flow, parameters: Record<string, string> | URLSearchParams): Promise<URL> {
  const { request_uri } = await withNonce(async () => {
    const options = { ...http, DPoP };
    const response = await oauth.pushedAuthorizationRequest(as, client, withKey(), parameters, options);
    return oauth.processPushedAuthorizationResponse(as, client, response);
  });
  const url = new URL(as.authorization_endpoint ?? '');
  url.search = new URLSearchParams({ client_id: client.client_id, request_uri }).toString();
  return url;
}

async function redeem({ as, client, DPoP, nonce, verifier }: Flow, answer: URLSearchParams) {
  return withNonce(async () => {
    const options = { ...http, DPoP };
    const { authorizationCodeGrantRequest, processAuthorizationCodeResponse } = oauth;
    const response = await authorizationCodeGrantRequest(
      as,
      client,
      withKey(),
      answer,
      redirect_uri,
      verifier,
      options,
    );
    return processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce, requireIdToken: true });
  });
}

describe.each([
  ['without server nonces', '0'],
  ['with server nonces', '60'],
])('%s', (_title, CASTELLAN_DPOP_NONCE_SECONDS) => {
  beforeAll(async () => {
    const server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn', CASTELLAN_DPOP_NONCE_SECONDS });
    return async () => void (await server.stop());
  });

  test('a client with fapi2 pushes, redeems, reads userinfo, renews, introspects and revokes', async () => {
    const flow = await begin(await registerWithProfile('fapi2'));
    const { as, client, DPoP } = flow;
    const address = await addressAfter(await push(flow, await parametersOf(flow)));
    const tokens = await redeem(flow, oauth.validateAuthResponse(as, client, address, flow.state));
    expect(tokens.token_type).toBe('dpop');
    const { sub } = oauth.getValidatedIdTokenClaims(tokens) ?? { sub: '' };

    const userinfo = await withNonce(async () => {
      const response = await oauth.userInfoRequest(as, client, tokens.access_token, { ...http, DPoP });
      return oauth.processUserInfoResponse(as, client, sub, response);
    });
    expect(userinfo).toMatchObject({ sub, name: 'Ada Example' });

    const refreshed = await withNonce(async () => {
      const { refresh_token = '' } = tokens;
      const response = await oauth.refreshTokenGrantRequest(as, client, withKey(), refresh_token, { ...http, DPoP });
      return oauth.processRefreshTokenResponse(as, client, response);
    });
    const introspected = () => introspect(flow, refreshed.access_token);
    expect(await introspected()).toMatchObject({ active: true, sub, cnf: { jkt: await DPoP.calculateThumbprint() } });

    const revoked = await oauth.revocationRequest(as, client, withKey(), tokens.refresh_token ?? '', http);
    await oauth.processRevocationResponse(revoked);
    expect(await introspected()).toEqual({ active: false });
  });

  test('a client with fapi2_message_signing signs its request, and checks the signed answer', async () => {
    const flow = await begin(await registerWithProfile('fapi2_message_signing'));
    const { as, client } = flow;
    const key = { key: keys.privateKey, kid: 'a' };
    const parameters = { ...(await parametersOf(flow)), response_mode: 'jwt' };
    const request = await oauth.issueRequestObject(as, client, parameters, key);
    const address = await addressAfter(await push(flow, { request }));
    expect([...address.searchParams.keys()]).toEqual(['response']);
    const tokens = await redeem(flow, await oauth.validateJwtAuthResponse(as, client, address, flow.state, http));
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ nonce: flow.nonce, aud: client.client_id });
  });
});

async function introspect({ as, client }: Pick<Flow, 'as' | 'client'>, token: string) {
  const response = await oauth.introspectionRequest(as, client, withKey(), token, http);
  return oauth.processIntrospectionResponse(as, client, response);
}

test('a device shows its code, waits for a person, and gets its tokens', async () => {
  const server = await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn' });
  const client = await register({
    client_name: 'Television',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    scope,
  });
  const as = await discover();
  const asked = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), { scope }, http);
  const device = await oauth.processDeviceAuthorizationResponse(as, client, asked);
  const poll = async () => {
    const response = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), device.device_code, http);
    return oauth.processDeviceCodeResponse(as, client, response);
  };
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });

  const done = await answerPages(new HttpBrowser(castellan.url), device.verification_uri_complete ?? '');
  expect(done.body).toContain('connected');
  await new Promise((resolve) => setTimeout(resolve, ((device.interval ?? 5) + 0.1) * 1000));
  const tokens = await poll();
  expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ aud: client.client_id });
  expect(tokens.refresh_token).toEqual(expect.any(String));
  await server.stop();
});
