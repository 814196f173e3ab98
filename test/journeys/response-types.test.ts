/** What `openid-client` 6 accepts of answers from the front channel, signed ones and signed userinfo, over real sockets. */
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { type HttpAnswer, HttpBrowser } from '../support/http-browser.ts';
import { password } from '../support/provider.ts';

const redirect_uri = 'http://127.0.0.1:7000/callback';
const scope = 'openid email';

let installation: Installation;
let browser: HttpBrowser;

beforeAll(async () => {
  installation = await newInstallation();
  const words = ['user', 'add', '--username', 'alice', '--email', 'alice@example.com', '--password-stdin'];
  const { status, stderr } = await installation.run(words, { input: password });
  if (status !== 0) throw new Error(stderr);
  await installation.start({ CASTELLAN_LOG_LEVEL: 'warn' });
  browser = new HttpBrowser(installation.url);
});
afterAll(() => installation.remove());

async function discover(
  metadata: Record<string, unknown>,
  ...execute: ((configuration: openid.Configuration) => void)[]
): Promise<openid.Configuration> {
  const whole = { redirect_uris: [redirect_uri], first_party: true, scope, ...metadata };
  const { status, stdout, stderr } = await installation.run(['client', 'add', '--metadata', JSON.stringify(whole)]);
  if (status !== 0) throw new Error(stderr);
  const { client_id, client_secret }: { client_id: string; client_secret: string } = JSON.parse(stdout);
  return openid.discovery(
    new URL(`${installation.url}/oidc`),
    client_id,
    { ...metadata, client_secret },
    openid.ClientSecretBasic(client_secret),
    { execute: [openid.allowInsecureRequests, ...execute] },
  );
}

async function ask(configuration: openid.Configuration) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: openid.randomState(), expectedNonce: openid.randomNonce() };
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri,
    scope,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  let answer: HttpAnswer = await browser.open(url.href);
  if (answer.body.includes('id="login-password"'))
    answer = await browser.follow(await browser.submit(answer, { username: 'alice', password }));
  const location = answer.headers.get('location');
  if (location === null) throw new Error(answer.body);
  return { location: new URL(location), checks };
}

describe('a client of openid-client', () => {
  test('believes an ID Token from the front channel, which has the claims of the scope', async () => {
    const configuration = await discover(
      { response_types: ['id_token'], grant_types: ['implicit'] },
      openid.useIdTokenResponseType,
    );
    const { location, checks } = await ask(configuration);
    const { expectedNonce, expectedState } = checks;
    const claims = await openid.implicitAuthentication(configuration, location, expectedNonce, { expectedState });
    expect(claims).toMatchObject({ email: 'alice@example.com', iss: `${installation.url}/oidc` });
  });

  test('believes the ID Token beside a code, with its c_hash, and redeems the code', async () => {
    const configuration = await discover(
      { response_types: ['code id_token'], grant_types: ['authorization_code', 'implicit'] },
      openid.useCodeIdTokenResponseType,
    );
    const { location, checks } = await ask(configuration);
    const tokens = await openid.authorizationCodeGrant(configuration, location, checks);
    expect(tokens.claims()).toMatchObject({ iss: `${installation.url}/oidc` });
  });

  test('reads a signed answer and signed userinfo', async () => {
    const configuration = await discover(
      { authorization_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'PS256' },
      openid.useJwtResponseMode,
    );
    const { location, checks } = await ask(configuration);
    expect([...location.searchParams.keys()]).toEqual(['response']);
    const tokens = await openid.authorizationCodeGrant(configuration, location, checks);
    const sub = tokens.claims()?.sub ?? '';
    expect(await openid.fetchUserInfo(configuration, tokens.access_token, sub)).toMatchObject({
      sub,
      email: 'alice@example.com',
    });
  });
});
