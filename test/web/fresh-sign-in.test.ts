/** What whoever finds a browser signed in cannot do: what would outlast the visit asks who sits there. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listSessions } from '../../src/identity/sessions.ts';
import type { User } from '../../src/identity/users.ts';
import { locationOf, type Provider, password, startProvider, type TestBrowser } from '../support/provider.ts';
import { codeAt, secretOn, submitTo } from '../support/second-factor.ts';

const setUp = '/account/security/authenticator';
let provider: Provider;
let alice: User;
let browser: TestBrowser;
beforeEach(async () => {
  provider = await startProvider();
  alice = await provider.addUser();
  browser = provider.browser();
  await browser.signIn();
});
afterEach(() => provider.close());

const asksToSignIn = (location: string | undefined) => location?.startsWith('/login?continuation=') === true;

describe('five minutes after the sign-in', () => {
  test.each([
    ['the page that sets an authenticator app up', 'GET', setUp, {}],
    ['the page that makes a passkey', 'GET', '/account/security/passkeys/new', {}],
    ['a new passkey', 'POST', '/account/security/passkeys/new', {}],
    ['the end of the authenticator app', 'POST', `${setUp}/remove`, {}],
    ['new recovery codes', 'POST', '/account/security/recovery-codes', {}],
    ['another e-mail address', 'POST', '/account/email', { email: 'alice@example.org' }],
    ['the end of a connection', 'POST', '/account/security/providers/disconnect', { provider: 'x', sub: 'y' }],
    ['everything as a file', 'POST', '/account/data/download', {}],
    ['the page that deletes the account', 'GET', '/account/data/delete', {}],
    ['the end of the account', 'POST', '/account/data/delete', { username: 'alice' }],
  ] as const)('%s asks for another one', async (_title, method, path, form) => {
    const send = () => (method === 'GET' ? browser.get(path) : browser.post(path, form));
    provider.clock.advance(299);
    if (method === 'GET') expect((await send()).statusCode).toBe(200);
    provider.clock.advance(1);
    expect(asksToSignIn(locationOf(await send()))).toBe(true);
  });

  test('the password is changed by who knows it alone', async () => {
    provider.clock.advance(300);
    const form = { password: 'quite another long phrase' };
    expect((await browser.post('/account/security/password', form)).statusCode).toBe(403);
    const wrong = { ...form, current_password: 'a wrong one' };
    expect((await browser.post('/account/security/password', wrong)).statusCode).toBe(403);
    const right = { ...form, current_password: password };
    expect((await browser.post('/account/security/password', right)).statusCode).toBe(303);
  });

  test('no device is asked for a passkey that would then be refused', async () => {
    const options = '/account/security/passkeys/new/options';
    provider.clock.advance(299);
    expect((await browser.post(options, {})).statusCode).toBe(200);
    provider.clock.advance(1);
    expect((await browser.post(options, {})).statusCode).toBe(403);
  });
});

describe('an authenticator app that is being set up', () => {
  test('may be found within a quarter of an hour, wrong codes or not, and then the way begins again', async () => {
    const page = await browser.open(setUp);
    const secret = secretOn(page.body);
    provider.clock.advance(890);
    const again = await submitTo(browser, page, setUp, { code: codeAt(secret, provider.clock.now - 600) });
    expect(again.statusCode).toBe(403);
    expect(secretOn(again.body)).toBe(secret);
    provider.clock.advance(10);
    const late = await submitTo(browser, again, setUp, { code: codeAt(secret, provider.clock.now) });
    expect(late.body).toContain('id="login-password"');
  });

  test('makes the sign-in no newer than it is', async () => {
    const page = await browser.open(setUp);
    provider.clock.advance(600);
    const code = codeAt(secretOn(page.body), provider.clock.now);
    expect((await submitTo(browser, page, setUp, { code })).body).toContain('id="account-codes"');
    const [session] = await listSessions(provider.context, alice.id);
    expect(session).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], auth_time: provider.clock.now - 600 });
    expect(asksToSignIn(locationOf(await browser.get('/account/security/passkeys/new')))).toBe(true);
  });
});
