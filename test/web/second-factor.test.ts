import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endSessionsOf, listSessions } from '../../src/identity/sessions.ts';
import { totp } from '../../src/identity/user-authentication/totp.ts';
import { disableUser, enableUser, setPassword, type User } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { evil } from '../support/console.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  formIn,
  locationOf,
  type Provider,
  password,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { type AuthenticatorApp, addAuthenticator, codeAt, secretOn, submitTo } from '../support/second-factor.ts';

const problemOf = ({ body }: LightMyRequestResponse) =>
  /id="error-message".*?<p>(?:<svg.*?<\/svg>)?(?:<a[^>]*>)?([^<]+)/s.exec(body)?.[1];
const setUp = '/account/security/authenticator';
const isSecondStep = ({ body }: LightMyRequestResponse) => body.includes('id="second-factor-form"');

let provider: Provider;
let alice: User;
let browser: TestBrowser;
let app: AuthenticatorApp;

async function start(options: Parameters<typeof startProvider>[0] = {}): Promise<void> {
  provider = await startProvider(options);
  alice = await provider.addUser({ claims: { name: evil } });
  const owner = provider.browser();
  await owner.signIn();
  app = await addAuthenticator(provider, owner);
  browser = provider.browser();
}
/** A browser that has given the password and stands before the second step. */
async function secondStep(at: TestBrowser = browser): Promise<LightMyRequestResponse> {
  const page = await at.signIn();
  if (!isSecondStep(page)) throw new Error(`no second step but ${page.statusCode}: ${page.body.slice(0, 1000)}`);
  return page;
}
const isSignedIn = async (at: TestBrowser) => (await at.get('/account')).statusCode === 200;
const amr = async () => (await listSessions(provider.context, alice.id))[0]?.amr;

afterEach(() => provider.close());

describe('signing in with an authenticator app', () => {
  beforeEach(() => start());

  test('asks for its code after the password, and only then starts a session', async () => {
    const page = await secondStep();
    expect(page.body).toContain('<h1>One more step</h1>');
    expect(page.body).toMatch(/id="login-code"[^>]*name="code"[^>]*autocomplete="one-time-code"/);
    expect(page.body).not.toContain(evil);
    expect(await isSignedIn(browser)).toBe(false);
    await browser.submit(page, { code: app.next() });
    expect(await isSignedIn(browser)).toBe(true);
    expect(await amr()).toEqual(['pwd', 'otp', 'mfa']);
  });

  test.each([
    ['the code before', -30, true],
    ['the code after', 30, true],
    ['the code of two steps before', -60, false],
    ['the code of two steps after', 60, false],
  ])('%s is taken or not, as far as clocks may differ', async (_title, seconds, isTaken) => {
    provider.clock.advance(300);
    const page = await secondStep();
    await browser.submit(page, { code: codeAt(app.secret, provider.clock.now + seconds) });
    expect(await isSignedIn(browser)).toBe(isTaken);
  });

  test.each([
    ['five digits', (code: string) => code.slice(1)],
    ['seven digits', (code: string) => `${code}0`],
    ['a fraction', (code: string) => `${code}.0`],
    [
      'full-width digits',
      (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
    ['another code', (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')],
    ['a thousand digits', (code: string) => code.repeat(200)],
    ['nothing', () => ''],
  ])('refuses %s', async (_title, change) => {
    const response = await browser.submit(await secondStep(), { code: change(app.next()) });
    expect([400, 403]).toContain(response.statusCode);
    expect(problemOf(response)).toBeTruthy();
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('takes a code with blanks in it, as apps show it', async () => {
    const code = app.next();
    await browser.submit(await secondStep(), { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('refuses the code with which the app was set up, and every code a second time', async () => {
    expect((await browser.submit(await secondStep(), { code: app.code() })).statusCode).toBe(403);
    const code = app.next();
    await browser.submit(await secondStep(), { code });
    const other = provider.browser();
    expect((await other.submit(await secondStep(other), { code })).statusCode).toBe(403);
    expect(await isSignedIn(other)).toBe(false);
  });

  test.each([
    ['the authorization endpoint', '/oidc/oauth2/auth'],
    ['the account', '/account'],
    ['the start page', '/'],
  ])('leads back from %s as long as only the password was given', async (_title, path) => {
    await secondStep();
    expect((await browser.get(path)).body).not.toContain('alice@example.com');
    expect(browser.cookies.has('castellan_session')).toBe(false);
  });

  test('begins again when the password was given more than ten minutes ago', async () => {
    const page = await secondStep();
    provider.clock.advance(601);
    const response = await browser.submit(page, { code: app.next() });
    expect(response.body).toContain('id="login-password"');
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('refuses what somebody else proved: the page of one browser is of no use in another', async () => {
    const { action, hidden } = formIn((await secondStep()).body);
    const thief = provider.browser();
    const response = await thief.post(action, { ...hidden, code: app.next() });
    expect(response.statusCode).toBe(400);
    expect(thief.cookies.has('castellan_session')).toBe(false);
  });

  test('starts no session when the password was changed meanwhile', async () => {
    const page = await secondStep();
    await setPassword(provider.context, alice, 'another horse battery', actor);
    const response = await browser.submit(page, { code: app.next() });
    expect(response.body).toContain('This account was changed while you signed in. Sign in again.');
    expect(response.body).toContain('id="login-password"');
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('goes on after a restart of the server, a reload and the back button', async () => {
    const page = await secondStep();
    const again = await browser.get(String(page.raw.req.url));
    expect(isSecondStep(again)).toBe(true);
    await browser.submit(page, { code: '000000' });
    await browser.submit(page, { code: app.next() });
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('guesses at a second factor', () => {
  beforeEach(() => start());

  test('are charged to the account: another sign-in begins no new count, and waiting earns a few a day', async () => {
    const wrong = () => codeAt(app.secret, provider.clock.now + 3000);
    const statuses = [];
    for (let guess = 0; guess < 7; guess++) {
      const stranger = provider.browser();
      statuses.push((await stranger.submit(await secondStep(stranger), { code: wrong() })).statusCode);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429]);
    let looked = 0;
    const from = provider.clock.now;
    while (provider.clock.now < from + 86_400) {
      const stranger = provider.browser();
      const page = await secondStep(stranger);
      if ((await stranger.submit(page, { code: wrong() })).statusCode === 403) looked += 1;
      provider.clock.advance(1800);
    }
    expect(looked).toBeLessThan(15);
  });

  test('are ten in an hour at a known device, too, however often the password is given there', async () => {
    await browser.submit(await secondStep(), { code: app.next() });
    await browser.post('/logout', { decision: 'confirm' });
    let looked = 0;
    for (let minute = 0; minute < 60; minute++) {
      const page = await secondStep();
      for (let guess = 0; guess < 2; guess++)
        if ((await browser.submit(page, { code: '000000' })).statusCode === 403) looked += 1;
      provider.clock.advance(60);
    }
    expect(looked).toBeLessThanOrEqual(10);
    provider.clock.advance(900);
    await browser.submit(await secondStep(), { code: app.next() });
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('are refused even when right while the account waits, but not to the owner at a known device', async () => {
    const owner = provider.browser();
    await owner.submit(await secondStep(owner), { code: app.next() });
    for (let guess = 0; guess < 6; guess++) {
      const stranger = provider.browser();
      await stranger.submit(await secondStep(stranger), { code: '000000' });
    }
    const stranger = provider.browser();
    const refused = await stranger.submit(await secondStep(stranger), { code: app.next() });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect(problemOf(refused)).toContain('Too many codes were wrong');
    await owner.post('/logout', { decision: 'confirm' });
    owner.cookies.delete('castellan_session');
    await owner.submit(await secondStep(owner), { code: app.next() });
    expect(await isSignedIn(owner)).toBe(true);
  });
});

describe('recovery codes', () => {
  beforeEach(() => start());

  const withRecoveryCode = async (at: TestBrowser, code: string) => {
    const page = await secondStep(at);
    const link = /id="login-use-recovery-codes" href="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    return at.submit(await at.get(link), { code });
  };

  test('are ten, and each stands in for the app once', async () => {
    expect(app.recoveryCodes).toHaveLength(10);
    const [code = ''] = app.recoveryCodes;
    await withRecoveryCode(browser, code.toUpperCase().replace('-', ' '));
    expect(await isSignedIn(browser)).toBe(true);
    expect(await amr()).toEqual(['pwd', 'otp', 'mfa']);
    const other = provider.browser();
    expect((await withRecoveryCode(other, code)).statusCode).toBe(403);
    expect(await isSignedIn(other)).toBe(false);
  });

  test('of before work no more once new ones are made, and of somebody else not at all', async () => {
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = provider.browser();
    await bob.signIn('bob');
    const bobs = await addAuthenticator(provider, bob);
    expect((await withRecoveryCode(browser, bobs.recoveryCodes[0] ?? '')).statusCode).toBe(403);
    await browser.submit(await secondStep(), { code: app.next() });
    const made = await browser.follow(await browser.post('/account/security/recovery-codes', {}));
    const codes = [...made.body.matchAll(/<li><code>([0-9a-z-]{11})<\/code>/g)].map(([, each = '']) => each);
    expect(codes).toHaveLength(10);
    const other = provider.browser();
    expect((await withRecoveryCode(other, app.recoveryCodes[1] ?? '')).statusCode).toBe(403);
    await withRecoveryCode(other, codes[0] ?? '');
    expect(await isSignedIn(other)).toBe(true);
  });

  test('are stored neither as they are nor as anything that can be tried out without the secret key', async () => {
    const rows = JSON.stringify(await provider.context.database.all(sql`SELECT * FROM recovery_codes`));
    for (const code of app.recoveryCodes) expect(rows).not.toContain(code.replace('-', ''));
    expect(new Set(rows.match(/"code_hash":"[\w-]{43}"/g)).size).toBe(10);
    const seeds = JSON.stringify(await provider.context.database.all(sql`SELECT * FROM totp_authenticators`));
    expect(seeds).not.toContain(app.secret);
  });

  test('are shown once', async () => {
    await browser.submit(await secondStep(), { code: app.next() });
    await browser.follow(await browser.post('/account/security/recovery-codes', {}));
    expect(locationOf(await browser.get('/account/security/recovery-codes'))).toBe('/account/security');
  });

  test('are missed in time: with few left, the account says so', async () => {
    for (const code of app.recoveryCodes.slice(0, 7)) await withRecoveryCode(provider.browser(), code);
    await withRecoveryCode(browser, app.recoveryCodes[7] ?? '');
    expect((await browser.get('/account/security')).body).toContain('You have few recovery codes left');
  });
});

describe('a trusted device', () => {
  beforeEach(() => start());

  const trusting = async () => {
    await browser.submit(await secondStep(), { code: app.next(), trust: 'true' });
    await browser.post('/logout', { decision: 'confirm' });
    browser.cookies.delete('castellan_session');
  };

  test('needs no second factor for 30 days, and the sign-in says what was really proven', async () => {
    await trusting();
    await browser.signIn();
    expect(await isSignedIn(browser)).toBe(true);
    expect(await amr()).toEqual(['pwd']);
    provider.clock.advance(30 * 86_400);
    browser.cookies.delete('castellan_session');
    await secondStep();
  });

  test('is trusted only for the person who said so', async () => {
    await trusting();
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = provider.browser();
    await bob.signIn('bob');
    await addAuthenticator(provider, bob);
    expect(isSecondStep(await browser.signIn('bob'))).toBe(true);
  });

  const end: Record<string, () => Promise<unknown>> = {
    'the password is changed': () => setPassword(provider.context, alice, password, actor),
    'every session is ended': () => endSessionsOf(provider.context, alice.id, actor),
    'the account is disabled and enabled again': async () => {
      await disableUser(provider.context, alice.id, actor);
      await enableUser(provider.context, alice.id, actor);
    },
    'the trust is taken back on the account page': async () => {
      const owner = provider.browser();
      await owner.submit(await secondStep(owner), { code: app.next() });
      const page = await owner.get('/account/security');
      const action = /action="(\/account\/security\/devices\/[0-9a-f]{32}\/remove)"/.exec(page.body)?.[1] ?? '';
      expect((await owner.post(action, {})).statusCode).toBe(303);
    },
    'the cookie is taken to pieces': async () => {
      const cookie = browser.cookies.get('castellan_trusted_devices') ?? '';
      browser.cookies.set('castellan_trusted_devices', `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`);
    },
  };
  test.each(Object.keys(end))('is trusted no more when %s', async (when) => {
    await trusting();
    await end[when]?.();
    await secondStep();
  });

  test('cannot be taken from somebody else', async () => {
    await trusting();
    const [row] = await provider.context.database.all<{ id: string }>(sql`SELECT id FROM trusted_devices`);
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = provider.browser();
    await bob.signIn('bob');
    await bob.post(`/account/security/devices/${row?.id}/remove`, {});
    await browser.signIn();
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is not enough to change how one signs in: the second factor is asked for there', async () => {
    await trusting();
    await browser.signIn();
    const response = await browser.follow(await browser.post('/account/security/authenticator/remove', {}));
    expect(isSecondStep(response)).toBe(true);
    expect(await totp.isEnrolled(provider.context, alice)).toBe(true);
    await browser.submit(response, { code: app.next() });
    const removed = await browser.follow(await browser.post('/account/security/authenticator/remove', {}));
    expect(removed.body).toContain('The authenticator app is removed.');
    expect(isSecondStep(await provider.browser().signIn())).toBe(false);
  });
});

describe('setting up an authenticator app', () => {
  beforeEach(() => start());

  const fresh = async () => {
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    await browser.signIn('bob');
    return browser.open('/account/security/authenticator');
  };

  test('stores nothing until a code has proven it, and the secret is never shown again', async () => {
    const page = await fresh();
    const secret = secretOn(page.body);
    const refused = await submitTo(browser, page, setUp, { code: codeAt(secret, provider.clock.now + 600) });
    expect(refused.statusCode).toBe(403);
    expect(secretOn(refused.body)).toBe(secret);
    expect(isSecondStep(await provider.browser().signIn('bob'))).toBe(false);
    await submitTo(browser, refused, setUp, { code: codeAt(secret, provider.clock.now) });
    expect((await browser.get('/account/security')).body).not.toContain(secret);
    expect(locationOf(await browser.get('/account/security/authenticator'))).toBe('/account/security');
    expect(isSecondStep(await provider.browser().signIn('bob'))).toBe(true);
  });

  test('asks for a new sign-in when the last one is longer ago than five minutes, and leads back', async () => {
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    await browser.signIn('bob');
    provider.clock.advance(601);
    const page = await browser.open('/account/security/authenticator');
    expect(page.body).toContain('id="login-password"');
    const back = await browser.submit(page, { username: 'bob', password });
    expect(back.body).toContain('id="account-secret"');
  });

  test('takes no secret that another session was shown', async () => {
    const { body } = await fresh();
    const { action, hidden } = formIn(body.slice(body.indexOf('<ol class="steps">')));
    const mallory = provider.browser();
    await provider.addUser({ username: 'mallory', email: 'mallory@example.com' });
    await mallory.signIn('mallory');
    const response = await mallory.post(action, { ...hidden, code: '123456' });
    expect(locationOf(response)).toBe('/account/security/authenticator');
  });
});

describe.each(engines)('at the same instant, on %s', (engine) => {
  beforeEach(async () => start({ databaseUrl: await freshDatabaseUrl(engine) }));

  /** Five browsers that stand before the second step, with a form to send. */
  const five = () =>
    Promise.all(
      Array.from({ length: 5 }, async () => {
        const at = provider.browser();
        return { at, form: formIn((await secondStep(at)).body) };
      }),
    );

  test('a code of the app works once', async () => {
    const browsers = await five();
    const code = app.next();
    const answers = await Promise.all(browsers.map(({ at, form }) => at.post(form.action, { ...form.hidden, code })));
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
  });

  test('a recovery code works once', async () => {
    const browsers = await five();
    const [code] = app.recoveryCodes;
    const answers = await Promise.all(
      browsers.map(({ at, form }) => at.post(form.action, { ...form.hidden, method: 'recovery-codes', code })),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
  });

  test('two new sets of recovery codes leave one set of ten', async () => {
    await browser.submit(await secondStep(), { code: app.next() });
    await Promise.all([1, 2, 3].map(() => browser.post('/account/security/recovery-codes', {})));
    const rows = await provider.context.database.all(sql`SELECT * FROM recovery_codes`);
    expect(rows).toHaveLength(10);
  });
});
