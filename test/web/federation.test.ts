/** Signing in through another provider, which is a second Castellan on a real socket. */
import { randomBytes } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { findUserByLogin, listUsers } from '../../src/identity/users.ts';
import { type Sql, sql } from '../../src/storage/database.ts';
import { authorizationUrl, payloadOf, redeem } from '../support/code-flow.ts';
import { evil, textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { addFakeProvider, sentTo, startFakeProvider } from '../support/fake-provider.ts';
import { type Federation, ourUrl, signInThrough, startFederation, visitUpstream } from '../support/federation.ts';
import {
  answerOf,
  formIn,
  locationOf,
  type Provider,
  password,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { addAuthenticator } from '../support/second-factor.ts';

const sessionCookie = '__Host-castellan_session';
const isSignedIn = ({ cookies }: TestBrowser) => cookies.has(sessionCookie);
const securityPath = '/account/security';

async function count({ ours }: { ours: Provider }, table: Sql): Promise<number> {
  return (await ours.context.database.all(table)).length;
}
const identities = sql`SELECT sub FROM federated_identities`;
const usersOf = async ({ ours }: { ours: Provider }) =>
  (await listUsers(ours.context, { limit: 20 })).map(({ username }) => username);

describe('somebody new', () => {
  test('makes an account with what the provider tells, and needs nothing but the provider from then on', async () => {
    const federation = await startFederation({
      settings: { creates_users: true, groups: ['staff'], trusts_email_verified: true },
    });
    const { ours, upstream } = federation;
    await upstream.addUser({ email_verified: true, claims: { name: 'Alice Example', given_name: 'Alice' } });
    const browser = ours.browser();
    const page = await signInThrough(federation, browser);
    expect(textOf(page)).toContain('You are new here');
    expect(page.body).toMatch(/id="login-new-username"[^>]*value="alice"/);
    expect(page.body).toMatch(/id="login-new-name"[^>]*value="Alice Example"/);
    expect(await usersOf(federation)).toEqual([]);
    await browser.submit(page, { username: 'alice', name: 'Alice Example' });
    expect(isSignedIn(browser)).toBe(true);
    expect(await findUserByLogin(ours.context, 'alice')).toMatchObject({
      ...{ email: 'alice@example.com', email_verified: true, groups: ['staff'], hasPassword: false },
      claims: { name: 'Alice Example', given_name: 'Alice' },
    });
    const again = ours.browser();
    const answer = await again.get(await visitUpstream(federation, again));
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, '/']);
    const events = (await listEvents(ours.context, { limit: 10 })).map(({ action }) => action);
    expect(events.sort()).toEqual(
      ['identity-provider.added', 'session.started', 'session.started', 'user.created-by-provider'].sort(),
    );
  });

  test.each([
    ['does not make accounts', {}],
    [
      'makes them only for other domains',
      { creates_users: true, email_domains: ['other.example'], trusts_email_verified: true },
    ],
  ])('is told calmly that there is no account, of a provider that %s', async (_what, settings) => {
    const federation = await startFederation({ settings });
    await federation.upstream.addUser({ email_verified: true });
    const browser = federation.ours.browser();
    const page = await signInThrough(federation, browser);
    expect(textOf(page)).toContain('There is no account for you here yet');
    expect(page.body).toContain('id="login-connect"');
    const { hidden } = formOf(page);
    const forced = await browser.post('/login/with/upstream/new', { ...hidden, username: 'alice' });
    expect(forced.statusCode).toBe(403);
    expect(await usersOf(federation)).toEqual([]);
    expect(isSignedIn(browser)).toBe(false);
  });

  test.each([
    ['is not verified there', false, { trusts_email_verified: true }, false],
    ['is verified there, which is not believed', true, {}, false],
    ['is verified there, which is believed', true, { trusts_email_verified: true }, true],
  ])('has an e-mail address that %s', async (_what, email_verified, settings, expected) => {
    const federation = await startFederation({ settings: { creates_users: true, ...settings } });
    await federation.upstream.addUser({ email_verified });
    const browser = federation.ours.browser();
    await browser.submit(await signInThrough(federation, browser), { username: 'alice' });
    expect(await findUserByLogin(federation.ours.context, 'alice')).toMatchObject({
      email: 'alice@example.com',
      email_verified: expected,
    });
  });

  test('may come only from the allowed domains, by an address that is verified', async () => {
    const federation = await startFederation({
      settings: { creates_users: true, email_domains: ['Example.COM'], trusts_email_verified: true },
    });
    const { ours, upstream } = federation;
    await upstream.addUser({ email_verified: true });
    await upstream.addUser({ username: 'mallory', email: 'mallory@example.com', email_verified: false });
    expect(textOf(await signInThrough(federation, ours.browser()))).toContain('You are new here');
    const page = await signInThrough(federation, ours.browser(), { username: 'mallory' });
    expect(textOf(page)).toContain('There is no account for you here yet');
  });

  test('gets another user name than somebody has, and keeps what was typed when that is taken', async () => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours, upstream } = federation;
    await ours.addUser({ email: 'other@example.com' });
    await upstream.addUser();
    const browser = ours.browser();
    const page = await signInThrough(federation, browser);
    expect(page.body).toMatch(/id="login-new-username"[^>]*value="alice2"/);
    const refused = await browser.submit(page, { username: 'ALICE', name: evil });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toMatch(/id="login-new-username"[^>]*value="ALICE"[^>]*aria-invalid="true"/);
    expect(refused.body).not.toContain('<img src=x');
    await browser.submit(refused, { username: 'alice2', name: evil });
    expect(isSignedIn(browser)).toBe(true);
  });

  test('never reads that an account has the address when the provider does not vouch for it', async () => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours, upstream } = federation;
    await ours.addUser({ username: 'victim' });
    await upstream.addUser();
    const browser = ours.browser();
    const page = await signInThrough(federation, browser);
    expect(textOf(page)).toContain('You are new here');
    await browser.submit(page, { username: 'new' });
    expect(isSignedIn(browser)).toBe(true);
    expect(await usersOf(federation)).toEqual(['new', 'victim']);
    expect((await findUserByLogin(ours.context, 'new'))?.email).toBeUndefined();
    expect(await findUserByLogin(ours.context, 'alice@example.com')).toMatchObject({ username: 'victim' });
  });

  test('makes the account within ten minutes, and nobody who finds the page later signs in with it', async () => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours, upstream } = federation;
    await upstream.addUser();
    const browser = ours.browser();
    const page = await signInThrough(federation, browser);
    await browser.submit(page, { username: 'alice' });
    await browser.post('/logout', {});
    expect(isSignedIn(browser)).toBe(false);
    expect(locationOf(await sendFirst(browser, page, { username: 'alice' }))).toBe('/');
    expect(isSignedIn(browser)).toBe(false);

    await upstream.addUser({ username: 'bob', email: 'bob@example.com' });
    const late = await signInThrough(federation, browser, { username: 'bob' });
    ours.clock.advance(600);
    expect(locationOf(await sendFirst(browser, late, { username: 'bob' }))).toBe('/login/with/upstream');
    expect(await usersOf(federation)).toEqual(['alice']);
  });

  test.each(engines)('who comes twice at the same instant gets one account, on %s', async (engine) => {
    const federation = await startFederation({
      settings: { creates_users: true },
      databaseUrl: await freshDatabaseUrl(engine),
    });
    await federation.upstream.addUser();
    const browsers = [federation.ours.browser(), federation.ours.browser()];
    const pages = await Promise.all(browsers.map((browser) => signInThrough(federation, browser)));
    await Promise.all(
      browsers.map((browser, index) => sendFirst(browser, pages[index], { username: `alice${index}` })),
    );
    expect(browsers.map(isSignedIn)).toEqual([true, true]);
    expect(await usersOf(federation)).toHaveLength(1);
    expect(await count(federation, identities)).toBe(1);
  });
});

/** Sends the form of a page, following nothing. */
async function sendFirst(
  browser: TestBrowser,
  page: LightMyRequestResponse | undefined,
  fields: Record<string, string>,
) {
  const { action, hidden } = formIn(page?.body ?? '');
  return browser.post(action, { ...hidden, ...fields });
}

/** The sealed newcomer of a page without a form, as its form would send it. */
function formOf(page: LightMyRequestResponse) {
  const newcomer =
    /id="login-connect" href="[^"]*newcomer=([^"]*)"|href="[^"]*newcomer=([^"]*)" id="login-connect"|newcomer=([\w-]+)/.exec(
      page.body,
    );
  return { hidden: { newcomer: newcomer?.[1] ?? newcomer?.[2] ?? newcomer?.[3] ?? '' } };
}

describe('for an application', () => {
  test('the sign-in goes on where it was begun, and says fed, with one factor', async () => {
    const federation = await startFederation({ settings: { creates_users: true } });
    const { ours, upstream } = federation;
    await upstream.addUser();
    const app = await ours.register({ first_party: true });
    const browser = ours.browser();
    const signInPage = await browser.open(authorizationUrl(app));
    const from = /href="(\/login\/with\/upstream[^"]*)"/.exec(signInPage.body)?.[1] ?? '';
    const page = await signInThrough(federation, browser, { from });
    const answer = await browser.submit(page, { username: 'alice' });
    const { code = '' } = answerOf(answer);
    const { id_token } = (await redeem(ours, app, code)).json<{ id_token: string }>();
    expect(payloadOf(id_token)).toMatchObject({ amr: ['fed'], acr: 'urn:castellan:acr:one-factor' });
  });

  describe('that asks for much', () => {
    const claimsWith = (texts: readonly string[]) =>
      JSON.stringify({ userinfo: Object.fromEntries(texts.map((each) => [`x_${each}`, { essential: false }])) });
    const state = randomBytes(2800).toString('base64url');
    const much = { state, claims: claimsWith(Array.from({ length: 90 }, (_, at) => `claim${at}`)) };
    const names = Array.from({ length: 30 }, () => randomBytes(45).toString('hex'));
    const tooMuch = { state, nonce: randomBytes(700).toString('base64url'), claims: claimsWith(names) };

    async function begin(changes: Record<string, string>) {
      const fake = await startFakeProvider();
      const ours = await startProvider({
        settings: { CASTELLAN_PUBLIC_URL: ourUrl, CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
      });
      onTestFinished(() => ours.close());
      await addFakeProvider(ours, fake, { creates_users: true });
      await ours.addUser();
      const app = await ours.register({ first_party: true });
      const browser = ours.browser();
      const signInPage = await browser.open(authorizationUrl(app, changes));
      const from = /href="(\/login\/with\/fake[^"]*)"/.exec(signInPage.body)?.[1] ?? '';
      return { fake, browser, from };
    }

    test('the sign-in goes on where it was begun, also for somebody new, by addresses that servers take', async () => {
      const { fake, browser, from } = await begin(much);
      expect(from.length).toBeGreaterThan(8192);
      const sent = await sentTo(browser, from);
      expect(sent.length).toBeLessThan(8000);
      const back = await browser.get(fake.answer(sent));
      const page = locationOf(back) ?? '';
      expect(page.length).toBeLessThan(8000);
      const answer = await browser.submit(await browser.open(page), { username: 'newcomer' });
      expect(answerOf(answer)).toMatchObject({ state, code: expect.any(String) });
    });

    test('more than an address could hold, people are told so before they leave, and sign in another way', async () => {
      const { browser, from } = await begin(tooMuch);
      const page = await browser.get(from);
      expect(page.statusCode).toBe(400);
      expect(textOf(page)).toContain('The application asks for more than can be taken along to Big Corp');
      expect(textOf(page)).toContain(`${ourUrl}/login`);
      const answer = await browser.submit(page, { username: 'alice', password });
      expect(answerOf(answer)).toMatchObject({ state, code: expect.any(String) });
    });
  });

  test('cancelling there leads back to its sign-in page', async () => {
    const fake = await startFakeProvider();
    const ours = await startProvider({
      settings: { CASTELLAN_PUBLIC_URL: ourUrl, CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    await addFakeProvider(ours, fake);
    const app = await ours.register({ client_name: 'Wiki' });
    const browser = ours.browser();
    const signInPage = await browser.open(authorizationUrl(app));
    const from = /href="(\/login\/with\/fake[^"]*)"/.exec(signInPage.body)?.[1] ?? '';
    const page = await browser.get(
      fake.answer(await sentTo(browser, from), { code: undefined, error: 'access_denied' }),
    );
    expect(textOf(page)).toContain('to continue to Wiki');
    expect(answerOf(await browser.submit(page, { decision: 'deny' })).error).toBe('access_denied');
    await ours.close();
  });

  test('that wants people to sign in anew, the provider is asked to do so, too', async () => {
    const federation = await startFederation();
    const { ours } = federation;
    const app = await ours.register();
    const browser = ours.browser();
    const promptOf = async (changes: Record<string, string>) => {
      const page = await browser.open(authorizationUrl(app, changes));
      const from = /href="(\/login\/with\/upstream[^"]*)"/.exec(page.body)?.[1] ?? '';
      return new URL(locationOf(await browser.get(from)) ?? '').searchParams.get('prompt');
    };
    expect(await promptOf({})).toBeNull();
    expect(await promptOf({ prompt: 'login' })).toBe('login');
    expect(await promptOf({ max_age: '0' })).toBe('login');
  });
});

describe('a second factor', () => {
  async function withTwoFactors(settings: Record<string, unknown>, idToken: Record<string, unknown>) {
    const fake = await startFakeProvider();
    const ours = await startProvider({
      settings: { CASTELLAN_PUBLIC_URL: ourUrl, CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1' },
    });
    await addFakeProvider(ours, fake, settings);
    const alice = await ours.addUser();
    const first = ours.browser();
    await first.signIn();
    await addAuthenticator(ours, first);
    await ours.context.database.run(sql`
      INSERT INTO federated_identities (provider, sub, user_id, label, created_at)
      VALUES ('fake', 'person-1', ${alice.id}, 'label', 0)`);
    fake.idToken = idToken;
    const browser = ours.browser();
    const answer = await browser.get(fake.answer(await sentTo(browser)));
    await ours.close();
    return { location: locationOf(answer), isIn: isSignedIn(browser) };
  }

  test.each([
    ['is asked for here, whatever the provider says', {}, { amr: ['pwd', 'mfa'], acr: 'phr' }],
    ['is asked for here when the one there counts, and there was none', { trusts_mfa: true }, { amr: ['pwd'] }],
  ])('%s', async (_what, settings, idToken) => {
    const { location, isIn } = await withTwoFactors(settings, idToken);
    expect(location).toMatch(/^\/login\/second-factor\?/);
    expect(isIn).toBe(false);
  });

  test.each([
    ['amr', { amr: ['pwd', 'otp', 'mfa'] }],
    ['acr', { acr: 'urn:castellan:acr:two-factors' }],
  ])('of the provider counts when an administrator said so, and its %s tells of it', async (_what, idToken) => {
    expect(await withTwoFactors({ trusts_mfa: true }, idToken)).toEqual({ location: '/', isIn: true });
  });
});

describe('connecting', () => {
  async function signedIn(options?: Parameters<typeof startFederation>[0]) {
    const federation = await startFederation(options);
    const { ours, upstream } = federation;
    await upstream.addUser({ username: 'there', email: 'there@example.com' });
    await ours.addUser();
    const browser = ours.browser();
    await browser.signIn();
    return { ...federation, browser };
  }
  const connectPath = '/login/with/upstream?connect=true';
  const visit = (federation: Federation, browser: TestBrowser) =>
    visitUpstream(federation, browser, { username: 'there', from: connectPath });

  test('begins in the account and ends with a form that names both accounts', async () => {
    const { browser, ...federation } = await signedIn();
    const { ours } = federation;
    expect((await browser.get(securityPath)).body).toContain('href="/login/with/upstream?connect=true"');
    const page = await browser.open(await visit(federation, browser));
    expect(textOf(page)).toContain('Connect with Big Corp?');
    expect(textOf(page)).toContain('there@example.com');
    expect(await count(federation, identities)).toBe(0);
    const done = await browser.submit(page, { decision: 'connect' });
    expect(textOf(done)).toContain('Your account is connected with Big Corp.');
    expect(textOf(done)).toContain('there@example.com');
    const [event] = await listEvents(ours.context, { limit: 1 });
    expect(event).toMatchObject({ action: 'federated-identity.connected', detail: { provider: 'upstream' } });
    const other = ours.browser();
    await other.open(await visitUpstream(federation, other, { username: 'there' }));
    expect(textOf(await other.get('/account'))).toContain('alice');
  });

  test('does not happen when somebody thinks better of it', async () => {
    const { browser, ...federation } = await signedIn();
    const page = await browser.open(await visit(federation, browser));
    await browser.submit(page, { decision: 'skip' });
    expect(await count(federation, identities)).toBe(0);
  });

  test.each([
    ['by a form of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['by a form without an origin', { 'sec-fetch-site': '', origin: '' }],
  ])('does not happen %s', async (_what, headers) => {
    const { browser, ...federation } = await signedIn();
    const page = await browser.open(await visit(federation, browser));
    const { action, hidden } = formIn(page.body);
    const answer = await browser.post(action, { ...hidden, decision: 'connect' }, headers);
    expect(answer.statusCode).toBe(403);
    expect(await count(federation, identities)).toBe(0);
  });

  test('does not happen with what another browser brought from the provider', async () => {
    const { browser, ...federation } = await signedIn();
    const { ours, upstream } = federation;
    await upstream.addUser({ username: 'mallory', email: 'mallory@example.com' });
    const attacker = ours.browser();
    const brought = await attacker.get(await visitUpstream(federation, attacker, { username: 'mallory' }));
    const newcomer = new URL(locationOf(brought) ?? '', ourUrl).searchParams.get('newcomer') ?? '';
    const page = await browser.get(`/login/with/upstream/connect?newcomer=${newcomer}`);
    expect(page.statusCode).toBe(400);
    const forced = await browser.post('/login/with/upstream/connect', { newcomer, decision: 'connect' });
    expect(forced.statusCode).toBe(400);
    expect(await count(federation, identities)).toBe(0);
  });

  test('does not happen for somebody else who has signed in at this browser since', async () => {
    const { browser, ...federation } = await signedIn();
    await federation.ours.addUser({ username: 'bob', email: 'bob@example.com' });
    const page = await browser.open(await visit(federation, browser));
    await browser.post('/logout', {});
    await browser.submit(await browser.open('/login'), { username: 'bob', password });
    const answer = await browser.submit(page, { decision: 'connect' });
    expect(answer.statusCode).toBe(400);
    expect(await count(federation, identities)).toBe(0);
  });

  test('asks for a fresh sign-in, before the visit and after it', async () => {
    const { browser, ...federation } = await signedIn();
    const page = await browser.open(await visit(federation, browser));
    federation.ours.clock.advance(601);
    const { action, hidden } = formIn(page.body);
    expect(locationOf(await browser.post(action, { ...hidden, decision: 'connect' }))).toMatch(/^\/login\?/);
    expect(locationOf(await browser.get(connectPath))).toMatch(/^\/login\?/);
    expect(locationOf(await federation.ours.browser().get(connectPath))).toMatch(/^\/login\?/);
    expect((await browser.get(securityPath)).statusCode).toBe(200);
    expect(await count(federation, identities)).toBe(0);
  });

  test('is refused when that account is connected with somebody else', async () => {
    const { browser, ...federation } = await signedIn();
    const { ours } = federation;
    await browser.submit(await browser.open(await visit(federation, browser)), { decision: 'connect' });
    await ours.addUser({ username: 'bob', email: 'bob@example.com' });
    const other = ours.browser();
    await other.signIn('bob');
    const page = await other.open(await visit(federation, other));
    const answer = await other.submit(page, { decision: 'connect' });
    expect(answer.statusCode).toBe(409);
    expect(textOf(answer)).toContain('is connected with another account here');
    expect(textOf(answer)).not.toContain('alice');
  });

  test('by who has an account with that address here: they sign in to it, confirm, and go on to the application', async () => {
    const federation = await startFederation({ settings: { trusts_email_verified: true, creates_users: true } });
    const { ours, upstream } = federation;
    await ours.addUser();
    await upstream.addUser({ username: 'there', email_verified: true });
    const app = await ours.register({ first_party: true });
    const browser = ours.browser();
    const from =
      /href="(\/login\/with\/upstream[^"]*)"/.exec((await browser.open(authorizationUrl(app))).body)?.[1] ?? '';
    const page = await signInThrough(federation, browser, { username: 'there', from });
    expect(textOf(page)).toContain('You have an account here already');
    expect(isSignedIn(browser)).toBe(false);
    const connect = /href="(\/login\/with\/upstream\/connect[^"]*)"/.exec(page.body)?.[1] ?? '';
    const signIn = await browser.open(connect);
    expect(signIn.body).toContain('id="login-password"');
    const question = await browser.submit(signIn, { username: 'alice', password });
    expect(textOf(question)).toContain('Connect with Big Corp?');
    expect(await count(federation, identities)).toBe(0);
    const answer = await browser.submit(question, { decision: 'connect' });
    expect(answerOf(answer).code).toBeDefined();
    expect(await count(federation, identities)).toBe(1);
    expect(await usersOf(federation)).toEqual(['alice']);
  });
});

describe('disconnecting', () => {
  async function connected(databaseUrl: string, subs: readonly string[]) {
    const federation = await startFederation({ settings: { creates_users: true }, databaseUrl });
    const { ours, upstream } = federation;
    await upstream.addUser();
    const browser = ours.browser();
    await browser.submit(await signInThrough(federation, browser), { username: 'alice' });
    const alice = await findUserByLogin(ours.context, 'alice');
    for (const sub of subs)
      await ours.context.database.run(sql`
        INSERT INTO federated_identities (provider, sub, user_id, label, created_at)
        VALUES ('upstream', ${sub}, ${alice?.id ?? ''}, 'another', 0)`);
    const rows = await ours.context.database.all<{ sub: string }>(identities);
    const disconnect = (sub: string) =>
      browser.post('/account/security/providers/disconnect', { provider: 'upstream', sub });
    return { ...federation, browser, subs: rows.map(({ sub }) => sub), disconnect };
  }

  test.each(engines)('takes all but the last way in, also of two at the same instant, on %s', async (engine) => {
    const all = await connected(await freshDatabaseUrl(engine), ['second']);
    await Promise.all(all.subs.map(all.disconnect));
    expect(await count(all, identities)).toBe(1);
    const page = await all.browser.get(securityPath);
    expect(textOf(page)).toContain('Big Corp');
    const [{ sub = '' } = {}] = await all.ours.context.database.all<{ sub: string }>(identities);
    await all.disconnect(sub);
    expect(textOf(await all.browser.get(securityPath))).toContain('This is the only way to sign in to your account.');
    expect(await count(all, identities)).toBe(1);
  });

  test('takes only what is one’s own, and asks for a fresh sign-in', async () => {
    const all = await connected(await freshDatabaseUrl('sqlite'), ['second']);
    await all.ours.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = all.ours.browser();
    await bob.signIn('bob');
    await bob.post('/account/security/providers/disconnect', { provider: 'upstream', sub: 'second' });
    expect(await count(all, identities)).toBe(2);
    all.ours.clock.advance(601);
    expect(locationOf(await all.disconnect('second'))).toMatch(/^\/login\?/);
    expect(await count(all, identities)).toBe(2);
  });
});
