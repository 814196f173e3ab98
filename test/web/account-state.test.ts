import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disableUser, setPassword, type User, updateUser } from '../../src/identity/users.ts';
import { closeExpiredAccounts } from '../../src/jobs/close-expired-accounts.ts';
import { sql } from '../../src/storage/database.ts';
import { authorizationUrl, authorize, obtainTokens, refresh } from '../support/code-flow.ts';
import { textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { addAuthenticator } from '../support/second-factor.ts';

let provider: Provider;
let alice: User;
let browser: TestBrowser;
let client: RegisteredClient;
async function start(databaseUrl?: string): Promise<void> {
  provider = await startProvider(databaseUrl === undefined ? {} : { databaseUrl });
  alice = await provider.addUser();
  browser = provider.browser();
  client = await provider.register({ client_name: 'Wiki', first_party: true });
}
afterEach(() => provider.close());

const close: Record<string, () => Promise<unknown>> = {
  disabled: () => disableUser(provider.context, alice.id, actor),
  expired: () => updateUser(provider.context, alice.id, { expires_at: provider.clock.now }, actor),
  'awaiting approval': () =>
    provider.context.database.run(sql`UPDATE users SET awaits_approval_since = 1 WHERE id = ${alice.id}`),
};
const states = [
  { state: 'disabled', heading: 'This account is switched off' },
  { state: 'expired', heading: 'This account has expired' },
  { state: 'awaiting approval', heading: 'Your account waits for approval' },
];
const isSignedIn = async (at: TestBrowser) => (await at.get('/account')).statusCode === 200;

describe('an account that is not open', () => {
  beforeEach(() => start());

  test.each(states)('that is $state is told so to who knows the password, with ways on', async ({ state, heading }) => {
    await close[state]?.();
    const page = await browser.submit(await browser.open(authorizationUrl(client)), { username: 'alice', password });
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain(`<h1>${heading}</h1>`);
    expect(browser.cookies.has('castellan_session')).toBe(false);
    const other = /id="login-another" href="([^"]+)"/.exec(page.body)?.[1] ?? '';
    expect((await browser.get(other)).body).toContain('id="login-password"');
    expect(answerOf(await browser.submit(page, { decision: 'deny' })).error).toBe('access_denied');
  });

  test.each(states)('that is $state looks as any other to everybody else', async ({ state }) => {
    const guess = async () => {
      const { statusCode, body } = await provider
        .browser()
        .post('/login', { username: 'alice', password: 'a wrong one' });
      return { statusCode, body };
    };
    const before = await guess();
    await close[state]?.();
    expect(await guess()).toEqual(before);
  });

  test('that expires stays open to the second before', async () => {
    await updateUser(provider.context, alice.id, { expires_at: provider.clock.now + 60 }, actor);
    provider.clock.advance(59);
    await browser.signIn();
    expect(await isSignedIn(browser)).toBe(true);
    provider.clock.advance(1);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('between password and second factor starts no session, and the owner hears why', async () => {
    await browser.signIn();
    const app = await addAuthenticator(provider, browser);
    const other = provider.browser();
    const page = await other.signIn();
    await close.expired?.();
    const response = await other.submit(page, { code: app.next() });
    expect(textOf(response)).toContain('This account has expired');
    expect(other.cookies.has('castellan_session')).toBe(false);
  });
});

describe.each(engines)('what an account had, on %s', (engine) => {
  beforeEach(async () => start(await freshDatabaseUrl(engine)));

  const introspect = async (token: string) =>
    (await provider.post('/oidc/oauth2/introspect', { token }, client)).json().active;
  const userinfo = async (token: string) =>
    (await provider.app.inject({ url: '/oidc/userinfo', headers: { authorization: `Bearer ${token}` } })).statusCode;

  test.each(states)('is dead once it is $state: session, code, access and refresh token', async ({ state }) => {
    const tokens = await obtainTokens(provider, browser, client, { scope: 'openid offline_access' });
    const code = answerOf(await authorize(browser, authorizationUrl(client))).code;
    const { access_token, refresh_token = '' } = tokens;
    expect([await introspect(access_token), await introspect(refresh_token)]).toEqual([true, true]);
    await close[state]?.();
    expect(await isSignedIn(browser)).toBe(false);
    expect([await introspect(access_token), await introspect(refresh_token)]).toEqual([false, false]);
    expect(await userinfo(access_token)).toBe(401);
    expect((await refresh(provider, client, refresh_token)).json().error).toBe('invalid_grant');
    const redeemed = await provider.post(
      '/oidc/oauth2/token',
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: 'https://app.example/callback',
        code_verifier: 'a-code-verifier-of-sufficient-length-for-rfc-7636',
      },
      client,
    );
    expect(redeemed.json().error).toBe('invalid_grant');
  });

  test('is cleared away after it expired: sessions end, and stay ended when the date is moved', async () => {
    const { refresh_token = '' } = await obtainTokens(provider, browser, client, { scope: 'openid offline_access' });
    await close.expired?.();
    await closeExpiredAccounts.run(provider.context, new AbortController().signal);
    await updateUser(provider.context, alice.id, { expires_at: null }, actor);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await refresh(provider, client, refresh_token)).json().error).toBe('invalid_grant');
    await browser.signIn();
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('a password that was set for one time', () => {
  const fresh = 'seven purple otters dancing';
  beforeEach(async () => {
    await start();
    await setPassword(provider.context, alice, password, actor, { isTemporary: true });
  });

  const asked = (page: LightMyRequestResponse) => page.body.includes('id="login-new-password"');

  test('is changed in the sign-in, which then leads to where the person wanted to go', async () => {
    const page = await browser.submit(await browser.open(authorizationUrl(client)), { username: 'alice', password });
    expect(asked(page)).toBe(true);
    expect(await isSignedIn(browser)).toBe(false);
    expect(answerOf(await browser.submit(page, { password: fresh })).code).toBeTruthy();
    expect(asked(await provider.browser().signIn('alice', fresh))).toBe(false);
    expect((await provider.browser().signIn('alice', password)).statusCode).toBe(403);
  });

  test.each([
    ['the same again', password, 'This is the password you have now'],
    ['a weak one', 'password', 'among the first that are guessed'],
    ['a short one', 'x7', 'at least 8 characters'],
    ['none', '', 'at least 8 characters'],
  ])('is not replaced by %s', async (_title, chosen, words) => {
    const response = await browser.submit(await browser.signIn(), { password: chosen });
    expect(response.statusCode).toBe(400);
    expect(textOf(response)).toContain(words);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('gives nobody a session who opens the page without having given it', async () => {
    expect((await browser.open('/login/new-password')).body).toContain('id="login-password"');
    const response = await browser.post('/login/new-password', { password: fresh });
    expect(locationOf(response)).toMatch(/^\/login\?continuation=/);
  });

  test('is not replaced past the second factor', async () => {
    const [row] = await provider.context.database.all<{ at: number }>(
      sql`SELECT password_expired_at AS at FROM users WHERE id = ${alice.id}`,
    );
    await provider.context.database.run(sql`UPDATE users SET password_expired_at = NULL WHERE id = ${alice.id}`);
    const owner = provider.browser();
    await owner.signIn();
    const app = await addAuthenticator(provider, owner);
    await provider.context.database.run(
      sql`UPDATE users SET password_expired_at = ${row?.at ?? 0} WHERE id = ${alice.id}`,
    );
    const page = await browser.signIn();
    expect(page.body).toContain('id="second-factor-form"');
    const { hidden } = { hidden: /name="continuation" value="([^"]+)"/.exec(page.body)?.[1] };
    const past = await browser.post('/login/new-password', { continuation: hidden, password: fresh });
    expect(locationOf(past)).toMatch(/^\/login\/second-factor/);
    const next = await browser.submit(page, { code: app.next() });
    expect(asked(next)).toBe(true);
    await browser.submit(next, { password: fresh });
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe.each(engines)('at the same instant, on %s', (engine) => {
  test('a password for one time is replaced once', async () => {
    await start(await freshDatabaseUrl(engine));
    await setPassword(provider.context, alice, password, actor, { isTemporary: true });
    const browsers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const at = provider.browser();
        const page = await at.signIn();
        return { at, continuation: /name="continuation" value="([^"]+)"/.exec(page.body)?.[1] };
      }),
    );
    await Promise.all(
      browsers.map(({ at, continuation }, index) =>
        at.post('/login/new-password', { continuation, password: `seven purple otters dancing ${index}` }),
      ),
    );
    const signedIn = await Promise.all(browsers.map(({ at }) => isSignedIn(at)));
    expect(signedIn.filter(Boolean)).toHaveLength(1);
  });
});
