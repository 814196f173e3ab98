/** What a sign-in that is not finished is good for: for nothing but to finish it, once, by whoever began it. */
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disconnectFederatedIdentity, listFederatedIdentities } from '../../src/identity/federated-identities.ts';
import { removePasskey } from '../../src/identity/passkeys/index.ts';
import { listSessions } from '../../src/identity/sessions.ts';
import { listUsers, setPassword, type User } from '../../src/identity/users.ts';
import { disableIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { findPasskey } from '../../src/storage/passkeys.ts';
import { Authenticator } from '../support/authenticator.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { signInThrough, startFederation } from '../support/federation.ts';
import {
  actor,
  answerOf,
  formIn,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { type AuthenticatorApp, addAuthenticator } from '../support/second-factor.ts';

const origin = 'https://id.example';
const essential = { claims: '{"id_token":{"acr":{"essential":true,"values":["urn:castellan:acr:two-factors"]}}}' };
const authenticatorPath = '/account/security/authenticator';

let provider: Provider;
let alice: User;
let browser: TestBrowser;
let client: RegisteredClient;
beforeEach(async () => {
  provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: origin } });
  alice = await provider.addUser();
  client = await provider.register({ first_party: true });
  browser = provider.browser();
});
afterEach(() => provider.close());

const sessionOfAlice = async () => (await listSessions(provider.context, alice.id))[0];
const isSignedIn = async (at: TestBrowser) => (await at.get('/account')).statusCode === 200;
const isPassword = ({ body }: LightMyRequestResponse) => body.includes('id="login-password"');
const isNewPassword = ({ body }: LightMyRequestResponse) => body.includes('id="login-new-password"');
const continuationOf = (response: LightMyRequestResponse) =>
  new URL(locationOf(response) ?? '', origin).searchParams.get('continuation') ?? '';

/** What the page of the second step would send for this address that asks for a sign-in, reached by the step-up. */
async function stepUpFrom(address: string): Promise<string> {
  const asked = continuationOf(await browser.get(address));
  return continuationOf(await browser.get(`/login/step-up?continuation=${asked}`));
}

/** Trusts the browser, so that the password alone is enough there. */
async function trustedBrowser(): Promise<AuthenticatorApp> {
  const owner = provider.browser();
  await owner.signIn();
  const app = await addAuthenticator(provider, owner);
  await browser.submit(await browser.signIn(), { code: app.next(), trust: 'true' });
  await browser.post('/logout', { decision: 'confirm' });
  return app;
}

describe('a session by itself is no proof of who sits there', () => {
  const forms = [
    ['the form of a second step that nobody needs', { method: 'totp', code: '123456' }],
    ['the wish to set up something stronger', { decision: 'set-up' }],
  ] as const;

  test.each(forms)('by %s: a change of the account still asks for a sign-in', async (_title, fields) => {
    await browser.signIn();
    const began = await sessionOfAlice();
    provider.clock.advance(3600);
    const continuation = await stepUpFrom(authenticatorPath);
    await browser.post('/login/second-factor', { continuation, ...fields });
    expect((await sessionOfAlice())?.auth_time).toBe(began?.auth_time);
    expect(locationOf(await browser.get(authenticatorPath))).toMatch(/^\/login\?/);
  });

  test.each(forms)('by %s: prompt=login and max_age still ask for a sign-in', async (_title, fields) => {
    await browser.signIn();
    provider.clock.advance(3600);
    for (const wish of [{ prompt: 'login' }, { max_age: '60' }, { max_age: '0' }]) {
      const continuation = await stepUpFrom(authorizationUrl(client, wish));
      await browser.follow(await browser.post('/login/second-factor', { continuation, ...fields }));
      expect(isPassword(await browser.open(authorizationUrl(client, wish)))).toBe(true);
    }
    expect((await sessionOfAlice())?.auth_time).toBeLessThan(provider.clock.now - 3000);
  });

  test('with a second factor alone, the sign-in is as old as it was, and the session ends when it would have', async () => {
    const app = await trustedBrowser();
    await browser.signIn();
    const before = await sessionOfAlice();
    provider.clock.advance(3600);
    const page = await browser.open(authorizationUrl(client, essential));
    expect(answerOf(await browser.submit(page, { code: app.next() })).code).toBeDefined();
    expect(await sessionOfAlice()).toMatchObject({
      id: before?.id,
      amr: ['pwd', 'otp', 'mfa'],
      auth_time: before?.auth_time,
      expires_at: before?.expires_at,
    });
  });

  test('a second factor alone is no sign-in for prompt=login, nor for a change of the account', async () => {
    const app = await trustedBrowser();
    await browser.signIn();
    provider.clock.advance(3600);
    for (const address of [authorizationUrl(client, { prompt: 'login', ...essential }), authenticatorPath]) {
      const continuation = await stepUpFrom(address);
      const form = { continuation, method: 'totp', code: app.next() };
      expect(isPassword(await browser.follow(await browser.post('/login/second-factor', form)))).toBe(true);
    }
  });

  test('a step-up whose session ended just before starts no other one', async () => {
    const app = await trustedBrowser();
    await browser.signIn();
    const page = await browser.open(authorizationUrl(client, essential));
    await setPassword(provider.context, alice, 'quite another long phrase', actor);
    expect(isPassword(await browser.submit(page, { code: app.next() }))).toBe(true);
    expect(await sessionOfAlice()).toBeUndefined();
  });
});

describe('a proof that has travelled in an address', () => {
  test('starts one session: who finds the address in the history after the sign-out does not get in', async () => {
    const app = await trustedBrowser();
    // The consent is not given, so that the request is not over.
    const asking = await provider.register({ scope: 'openid profile' });
    const url = authorizationUrl(asking, { ...essential, scope: 'openid profile' });
    const asked = await browser.submit(await browser.open(url), { username: 'alice', password });
    const { action, hidden } = formIn(asked.body);
    const consent = await browser.submit(asked, { code: app.next() });
    expect(consent.body).toContain('id="consent-allow"');
    expect(await isSignedIn(browser)).toBe(true);
    await browser.post('/logout', { decision: 'confirm' });
    const again = await browser.follow(await browser.post(action, { ...hidden, decision: 'set-up' }));
    expect(isPassword(again)).toBe(true);
    await browser.follow(await browser.post(action, hidden));
    await browser.open(`${action}?continuation=${hidden.continuation}`);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test.each(['/login/second-factor', '/login/new-password', '/login', '/login/passkey', '/select-account', '/consent'])(
    'gives nobody a session at %s without what is still missing',
    async (path) => {
      await addAuthenticator(provider, await signedIn());
      const asked = await browser.signIn();
      const { continuation } = formIn(asked.body).hidden;
      const more = { method: 'none', code: '', decision: 'allow', trust: 'true', password: 'a long new phrase, mine' };
      await browser.follow(await browser.post(path, { continuation, username: 'alice', ...more }));
      await browser.open(`${path}?continuation=${continuation}`);
      expect(await isSignedIn(browser)).toBe(false);
    },
  );

  test('is worth nothing at the authorization endpoint before the second factor', async () => {
    await addAuthenticator(provider, await signedIn());
    const page = await browser.open(authorizationUrl(client));
    const asked = await browser.submit(page, { username: 'alice', password });
    const { continuation = '' } = formIn(asked.body).hidden;
    const answer = await browser.get(`/oidc/oauth2/auth?continuation=${continuation}`);
    expect(locationOf(answer)).toMatch(/^\/login\?/);
    const silent = await browser.get(authorizationUrl(client, { prompt: 'none' }));
    expect(answerOf(silent).error).toBe('login_required');
  });

  test.each([
    ['x-authentik-flow', 'true'],
    ['x-original-uri', '/account'],
    ['x-rewrite-url', '/account'],
    ['x-forwarded-user', 'alice'],
    ['remote-user', 'alice'],
    ['x-http-method-override', 'PUT'],
  ])('skips no step by the header %s', async (name, value) => {
    await addAuthenticator(provider, await signedIn());
    const { hidden } = formIn((await browser.signIn()).body);
    await browser.post('/login/second-factor', { ...hidden, code: '' }, { [name]: value });
    expect((await browser.get('/account', { [name]: value })).statusCode).toBe(303);
  });
});

describe('before the new password that a sign-in asks for, it begins again', () => {
  const own = 'a long new phrase, mine';

  test('when the passkey is removed that it was begun with', async () => {
    const authenticator = await withPasskey();
    await setPassword(provider.context, alice, 'set by somebody else', actor, { isTemporary: true });
    const page = await passkeySignIn(authenticator);
    expect(isNewPassword(page)).toBe(true);
    await removePasskey(provider.context, alice, authenticator.id, actor);
    expect(await findPasskey(provider.context.database, authenticator.id)).toBeUndefined();
    expect(isPassword(await browser.submit(page, { password: own }))).toBe(true);
    expect(await isSignedIn(browser)).toBe(false);
    expect(isNewPassword(await provider.browser().signIn('alice', 'set by somebody else'))).toBe(true);
  });

  test('when the passkey is removed that was its second factor', async () => {
    const authenticator = await withPasskey();
    await setPassword(provider.context, alice, 'set by somebody else', actor, { isTemporary: true });
    const asked = await browser.signIn('alice', 'set by somebody else');
    const { hidden } = formIn(asked.body);
    const options = (await browser.post('/login/second-factor/passkey/options', hidden)).json();
    const page = await browser.submit(asked, { credential: authenticator.get(options) });
    expect(isNewPassword(page)).toBe(true);
    await removePasskey(provider.context, alice, authenticator.id, actor);
    expect(isPassword(await browser.submit(page, { password: own }))).toBe(true);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test.each(['disconnected', 'disabled'] as const)('when the provider is %s meanwhile', async (end) => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours } = federation;
    await federation.upstream.addUser();
    const other = ours.browser();
    await other.submit(await signInThrough(federation, other), { username: 'alice' });
    const [user] = await listUsers(ours.context, { limit: 1 });
    if (!user) throw new Error('nobody came through the provider');
    await setPassword(ours.context, user, 'set by somebody else', actor, { isTemporary: true });
    const at = ours.browser();
    const page = await signInThrough(federation, at);
    expect(isNewPassword(page)).toBe(true);
    const [{ sub = '' } = {}] = await listFederatedIdentities(ours.context, user);
    if (end === 'disabled') await disableIdentityProvider(ours.context, 'upstream', { disabled: true }, actor);
    else
      await disconnectFederatedIdentity(
        ours.context,
        user,
        { provider: 'upstream', sub, providerLabel: 'Big Corp' },
        actor,
      );
    expect(isPassword(await at.submit(page, { password: own }))).toBe(true);
    expect(await isSignedIn(at)).toBe(false);
  });
});

async function signedIn(): Promise<TestBrowser> {
  const owner = provider.browser();
  await owner.signIn();
  return owner;
}

async function withPasskey(): Promise<Authenticator> {
  const owner = await signedIn();
  const authenticator = new Authenticator(origin);
  const options = (await owner.post('/account/security/passkeys/new/options', {})).json();
  await owner.post('/account/security/passkeys/new', { credential: authenticator.create(options) });
  return authenticator;
}

async function passkeySignIn(authenticator: Authenticator): Promise<LightMyRequestResponse> {
  const options = (await browser.post('/login/passkey/options', {})).json();
  return browser.follow(await browser.post('/login/passkey', { credential: authenticator.get(options) }));
}
