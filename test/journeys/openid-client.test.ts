/** Real clients: what `openid-client` 6 accepts from a real server, over real sockets, from discovery to signing out. */
import { exportJWK, generateKeyPair } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { type HttpAnswer, HttpBrowser } from '../support/http-browser.ts';
import { formIn, password } from '../support/provider.ts';

const redirect_uri = 'http://127.0.0.1:7000/callback';
const post_logout_redirect_uri = 'http://127.0.0.1:7000/signed-out';
const person = { username: 'alice', password };
const scope = 'openid profile email offline_access';

let installation: Installation;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  installation = await newInstallation();
  keys = await generateKeyPair('PS256');
  const words = [
    'user',
    'add',
    '--username',
    'alice',
    '--email',
    'alice@example.com',
    '--name',
    'Alice Example',
    '--admin',
  ];
  const { status, stderr } = await installation.run([...words, '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
  await installation.start({ CASTELLAN_LOG_LEVEL: 'warn' });
});
afterAll(() => installation.remove());

const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'] as const;
type Method = (typeof methods)[number];

/** Registers a client with the command line while the server runs, and discovers the server with it. */
async function discover(method: Method, metadata: Record<string, unknown> = {}): Promise<openid.Configuration> {
  const whole = {
    client_name: `An application with ${method}`,
    redirect_uris: [redirect_uri],
    post_logout_redirect_uris: [post_logout_redirect_uri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: method,
    ...(method === 'private_key_jwt' && { jwks: { keys: [await exportJWK(keys.publicKey)] } }),
    scope,
    ...metadata,
  };
  const { status, stdout, stderr } = await installation.run(['client', 'add', '--metadata', JSON.stringify(whole)]);
  if (status !== 0) throw new Error(stderr);
  const { client_id, client_secret }: { client_id: string; client_secret?: string } = JSON.parse(stdout);
  const authentication = {
    client_secret_basic: openid.ClientSecretBasic(client_secret),
    client_secret_post: openid.ClientSecretPost(client_secret),
    client_secret_jwt: openid.ClientSecretJwt(client_secret),
    private_key_jwt: openid.PrivateKeyJwt(keys.privateKey),
    none: openid.None(),
  }[method];
  const issuer = new URL(`${installation.url}/oidc`);
  return openid.discovery(issuer, client_id, undefined, authentication, { execute: [openid.allowInsecureRequests] });
}

/** What a client remembers of the request it made. */
interface Asked {
  readonly url: URL;
  readonly checks: openid.AuthorizationCodeGrantChecks;
}

async function ask(configuration: openid.Configuration, parameters: Record<string, string> = {}): Promise<Asked> {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedState = openid.randomState();
  const expectedNonce = openid.randomNonce();
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri,
    scope,
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const { max_age } = parameters;
  return {
    url,
    checks: {
      pkceCodeVerifier,
      expectedState,
      expectedNonce,
      idTokenExpected: true,
      ...(max_age !== undefined && { maxAge: Number(max_age) }),
    },
  };
}

/** Signs a person in and redeems the code. */
async function signIn(
  configuration: openid.Configuration,
  browser: HttpBrowser,
  parameters: Record<string, string> = {},
) {
  const { url, checks } = await ask(configuration, parameters);
  const answer = await authorize(browser, url);
  return openid.authorizationCodeGrant(configuration, addressOf(answer), checks);
}

/** Opens an authorization request and does what its pages ask for, until one of them leads away or asks for more. */
async function authorize(browser: HttpBrowser, url: URL): Promise<HttpAnswer> {
  let answer = await browser.open(url.href);
  for (let pages = 0; pages < 3; pages++) {
    if (answer.body.includes('id="login-password"')) answer = await browser.submit(answer, person);
    else if (answer.body.includes('id="consent-allow"')) answer = await browser.submit(answer, { decision: 'allow' });
    else return answer;
    if (answer.headers.has('location')) answer = await browser.follow(answer);
  }
  return answer;
}

function addressOf({ headers, status, body }: HttpAnswer): URL {
  const location = headers.get('location');
  if (location === null) throw new Error(`no redirect but ${status}: ${body.replace(/<[^>]+>/g, ' ')}`);
  return new URL(location);
}

const newBrowser = () => new HttpBrowser(installation.url);

/** The refresh token of a response that must have one. */
function refreshTokenOf({ refresh_token }: { refresh_token?: string }): string {
  if (refresh_token === undefined) throw new Error('there is no refresh token');
  return refresh_token;
}

describe.each<Method>(methods)('a client with %s', (method) => {
  test('goes all the way: code with PKCE, ID Token, userinfo, refresh, revocation, sign-out', async () => {
    const configuration = await discover(method);
    const { client_id } = configuration.clientMetadata();
    const browser = newBrowser();

    const tokens = await signIn(configuration, browser);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: `${installation.url}/oidc`, aud: client_id });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope });

    const userinfo = await openid.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '');
    expect(userinfo).toMatchObject({
      name: 'Alice Example',
      preferred_username: 'alice',
      email: 'alice@example.com',
    });

    const refreshed = await openid.refreshTokenGrant(configuration, refreshTokenOf(tokens));
    expect(refreshed.claims()).toMatchObject({ sub: claims?.sub, auth_time: claims?.auth_time, sid: claims?.sid });
    const rotates = method === 'none';
    expect(refreshed.refresh_token === tokens.refresh_token).toBe(!rotates);

    await openid.tokenRevocation(configuration, refreshTokenOf(refreshed));
    await expect(openid.refreshTokenGrant(configuration, refreshTokenOf(refreshed))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(openid.fetchUserInfo(configuration, refreshed.access_token, claims?.sub ?? '')).rejects.toMatchObject({
      status: 401,
    });

    const state = openid.randomState();
    const id_token_hint = tokens.id_token ?? '';
    const url = openid.buildEndSessionUrl(configuration, { post_logout_redirect_uri, id_token_hint, state });
    const back = await browser.open(url.href);
    expect(back.headers.get('location')).toBe(`${post_logout_redirect_uri}?state=${state}`);
    expect((await browser.open('/')).body).toContain('id="login-password"');
  });

  test('is told of an error in a way that it understands', async () => {
    const configuration = await discover(method);
    const { url, checks } = await ask(configuration, { prompt: 'none' });
    const address = addressOf(await newBrowser().open(url.href));
    await expect(openid.authorizationCodeGrant(configuration, address, checks)).rejects.toMatchObject({
      error: 'login_required',
    });
  });
});

describe('a confidential client', () => {
  let configuration: openid.Configuration;
  beforeAll(async () => {
    configuration = await discover('client_secret_basic');
  });

  test('introspects its tokens, alive and after revocation', async () => {
    const tokens = await signIn(configuration, newBrowser());
    const { client_id } = configuration.clientMetadata();
    const ofToken = (token: string) => openid.tokenIntrospection(configuration, token);
    expect(await ofToken(tokens.access_token)).toMatchObject({ active: true, client_id, scope, username: 'alice' });
    expect(await ofToken(refreshTokenOf(tokens))).toMatchObject({ active: true, client_id });

    await openid.tokenRevocation(configuration, tokens.access_token);
    expect(await ofToken(tokens.access_token)).toEqual({ active: false });
    expect(await ofToken(refreshTokenOf(tokens))).toMatchObject({ active: true });
  });

  test('gets its answer in a form that the browser posts', async () => {
    const { url, checks } = await ask(configuration, { response_mode: 'form_post' });
    const page = await authorize(newBrowser(), url);
    const { action, hidden } = formIn(page.body);
    expect(action).toBe(redirect_uri);
    const posted = new Request(action, { method: 'POST', body: new URLSearchParams(hidden) });
    const tokens = await openid.authorizationCodeGrant(configuration, posted, checks);
    expect(tokens.claims()?.nonce).toBe(checks.expectedNonce);
  });

  test('with prompt=none gets a code without a page from a browser that is signed in', async () => {
    const browser = newBrowser();
    const first = await signIn(configuration, browser);
    const { url, checks } = await ask(configuration, { prompt: 'none' });
    const address = addressOf(await browser.open(url.href));
    const second = await openid.authorizationCodeGrant(configuration, address, checks);
    expect(second.claims()?.sid).toBe(first.claims()?.sid);
    expect(second.claims()?.auth_time).toBe(first.claims()?.auth_time);
  });

  test('with max_age has the person sign in again when the sign-in is older, and only then', async () => {
    const browser = newBrowser();
    await signIn(configuration, browser);
    const recent = await ask(configuration, { max_age: '3600' });
    const address = addressOf(await browser.open(recent.url.href));
    const tokens = await openid.authorizationCodeGrant(configuration, address, recent.checks);
    expect(tokens.claims()?.auth_time).toBeTypeOf('number');

    const now = await ask(configuration, { max_age: '0' });
    expect((await browser.open(now.url.href)).body).toContain('id="login-password"');
    const again = await signIn(configuration, browser, { max_age: '0' });
    expect(again.claims()?.auth_time).toBeGreaterThanOrEqual(tokens.claims()?.auth_time ?? 0);
  });

  test('stops being served when its code comes a second time', async () => {
    const { url, checks } = await ask(configuration);
    const address = addressOf(await authorize(newBrowser(), url));
    const tokens = await openid.authorizationCodeGrant(configuration, address, checks);
    await expect(openid.authorizationCodeGrant(configuration, address, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(openid.refreshTokenGrant(configuration, refreshTokenOf(tokens))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('with a wrong secret is refused with 401', async () => {
    const { client_id } = configuration.clientMetadata();
    const wrong = await openid.discovery(
      new URL(`${installation.url}/oidc`),
      client_id,
      undefined,
      openid.ClientSecretBasic('not the secret'),
      { execute: [openid.allowInsecureRequests] },
    );
    await expect(openid.tokenIntrospection(wrong, 'anything')).rejects.toMatchObject({ status: 401 });
  });
});

describe('a public client', () => {
  test('whose refresh is repeated at once gets the same successor, and loses everything when a spent token comes back', async () => {
    const configuration = await discover('none');
    const tokens = await signIn(configuration, newBrowser());
    const first = refreshTokenOf(tokens);
    const [one, two] = await Promise.all([
      openid.refreshTokenGrant(configuration, first),
      openid.refreshTokenGrant(configuration, first),
    ]);
    expect(refreshTokenOf(one)).toBe(refreshTokenOf(two));
    const next = await openid.refreshTokenGrant(configuration, refreshTokenOf(one));
    await expect(openid.refreshTokenGrant(configuration, first)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(openid.refreshTokenGrant(configuration, refreshTokenOf(next))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('a client that acts for itself', () => {
  test('gets an access token for its own scope with client_credentials, which introspection knows', async () => {
    const configuration = await discover('client_secret_post', {
      redirect_uris: [],
      post_logout_redirect_uris: [],
      grant_types: ['client_credentials'],
      scope: 'reports:read reports:write',
      audience: ['https://reports.example'],
    });
    const { client_id } = configuration.clientMetadata();
    const tokens = await openid.clientCredentialsGrant(configuration, { scope: 'reports:read' });
    expect(tokens).toMatchObject({ scope: 'reports:read' });
    expect(tokens.refresh_token).toBeUndefined();
    expect(await openid.tokenIntrospection(configuration, tokens.access_token)).toMatchObject({
      active: true,
      sub: client_id,
      aud: 'https://reports.example',
      scope: 'reports:read',
    });
    await expect(openid.clientCredentialsGrant(configuration, { scope: 'openid' })).rejects.toMatchObject({
      error: 'invalid_scope',
    });
  });
});
