/** A certified relying party: Apache with Debian's mod_auth_openidc in front of a page, against a real server. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Apache, installApache, startApache } from '../support/apache.ts';
import { freePort, type Installation, newInstallation, until } from '../support/castellan-process.ts';
import { type HttpAnswer, HttpBrowser } from '../support/http-browser.ts';
import { password } from '../support/provider.ts';

const scope = 'openid profile email groups offline_access';

let castellan: Installation;
let apache: Apache;
/** One browser, which keeps the cookies of each of the two apart. */
let atCastellan: HttpBrowser;
let atApache: HttpBrowser;

beforeAll(installApache, 300_000);
beforeAll(async () => {
  castellan = await newInstallation();
  const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--name', 'Ada Example', '--admin'];
  const { status, stderr } = await castellan.run([...words, '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
  const port = await freePort();
  const redirect_uri = `http://localhost:${port}/protected/redirect_uri`;
  const client = await register({
    client_name: 'Apache',
    redirect_uris: [redirect_uri],
    post_logout_redirect_uris: [`http://localhost:${port}/open/`],
    grant_types: ['authorization_code', 'refresh_token'],
    backchannel_logout_uri: `${redirect_uri}?logout=backchannel`,
    backchannel_logout_session_required: true,
    first_party: true,
    scope,
  });
  await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn', CASTELLAN_OUTBOUND_ALLOW: `localhost:${port}` });
  apache = await startApache(port, [
    `OIDCProviderMetadataURL ${castellan.url}/oidc/.well-known/openid-configuration`,
    `OIDCClientID ${client.client_id}`,
    `OIDCClientSecret ${client.client_secret}`,
    `OIDCRedirectURI ${redirect_uri}`,
    `OIDCScope "${scope}"`,
    'OIDCPKCEMethod S256',
    'OIDCCryptoPassphrase a-passphrase-of-the-test',
    'OIDCRemoteUserClaim preferred_username',
    'OIDCInfoHook access_token refresh_token id_token userinfo',
    `OIDCRedirectURLsAllowed ^http://localhost:${port}/`,
  ]);
}, 60_000);
afterAll(async () => {
  await apache?.stop();
  await castellan?.remove();
});
beforeEach(() => {
  atCastellan = new HttpBrowser(castellan.url);
  atApache = new HttpBrowser(apache.origin);
});

async function register(metadata: object): Promise<{ client_id: string; client_secret: string }> {
  const { status, stdout, stderr } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const locationOf = ({ headers, status, body }: HttpAnswer): string =>
  headers.get('location') ?? `no redirect but ${status}: ${body} ${apache.log()}`;

/** Opens the protected page, signs in at the provider, and resolves with the page. */
async function signIn(): Promise<HttpAnswer> {
  const request = locationOf(await atApache.open('/protected/'));
  expect(request).toMatch(/code_challenge_method=S256/);
  const signInPage = await atCastellan.open(request);
  const answer = await atCastellan.follow(await atCastellan.submit(signInPage, { username: 'ada', password }));
  return atApache.open(locationOf(answer));
}

/** What mod_auth_openidc knows of the session, if there is one. */
async function info(query = ''): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { status, body } = await atApache.open(`/protected/redirect_uri?info=json${query}`);
  return status === 200 ? JSON.parse(body) : undefined;
}

test('a page behind Apache is told who has signed in, and keeps its session', async () => {
  const { status, body } = await signIn();
  expect({ status, log: status === 200 ? '' : apache.log() }).toEqual({ status: 200, log: '' });
  for (const line of ['REMOTE_USER=ada', 'OIDC_CLAIM_name=Ada Example', 'OIDC_CLAIM_email=ada@example.com'])
    expect(body).toContain(line);
  expect(body).toContain(`OIDC_CLAIM_iss=${castellan.url}/oidc`);
  expect((await atApache.open('/protected/')).body).toContain('REMOTE_USER=ada');
});

test('Apache renews its access token with its refresh token', async () => {
  await signIn();
  const before = await info();
  expect(before).toMatchObject({ userinfo: { name: 'Ada Example' }, refresh_token: expect.any(String) });
  // It counts whole seconds since the last time.
  await until(async () => {
    const after = await info('&access_token_refresh_interval=0');
    return typeof after?.access_token === 'string' && after.access_token !== before?.access_token;
  });
});

test('signing out at Apache signs out at the provider and comes back', async () => {
  await signIn();
  const open = `${apache.origin}/open/`;
  const leaving = await atApache.open(`/protected/redirect_uri?logout=${encodeURIComponent(open)}`);
  const back = locationOf(await atCastellan.open(locationOf(leaving)));
  expect(back).toBe(open);
  expect((await atApache.open(back)).body).toContain('Open to everybody');
  expect(locationOf(await atApache.open('/protected/'))).toContain(`${castellan.url}/oidc/oauth2/auth?`);
  expect((await atCastellan.open('/')).body).toContain('id="login-password"');
});

test('signing out at the provider ends the session at Apache by the back channel', async () => {
  await signIn();
  expect(await info()).toBeDefined();
  const page = await atCastellan.open('/oidc/oauth2/logout');
  await atCastellan.submit(page, {});
  await until(async () => (await info()) === undefined);
});
