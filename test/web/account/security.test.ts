import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { listSessions } from '../../../src/identity/sessions.ts';
import type { User } from '../../../src/identity/users.ts';
import { evil, textOf } from '../../support/console.ts';
import { locationOf, type Provider, password, startProvider, type TestBrowser } from '../../support/provider.ts';
import { addAuthenticator, submitTo } from '../../support/second-factor.ts';

const page = '/account/security';
const fresh = 'seven purple otters dancing';

let provider: Provider;
let alice: User;
let browser: TestBrowser;
beforeEach(async () => {
  provider = await startProvider();
  alice = await provider.addUser({ claims: { name: evil } });
  browser = provider.browser();
  await browser.signIn();
});
afterEach(() => provider.close());

const change = (fields: Record<string, string>) => browser.post(`${page}/password`, fields);
const canSignIn = async (secret: string) => (await provider.browser().signIn('alice', secret)).statusCode === 200;

describe('the page of the ways to sign in', () => {
  test('warns as long as there is only one, and has each part under its heading', async () => {
    const { body } = await browser.get(page);
    expect(body).toContain('There is only one way into your account');
    for (const id of ['account-password', 'account-authenticator']) expect(body).toContain(`id="${id}"`);
    expect(body).not.toContain('id="account-recovery-codes"');
    expect(body).not.toContain(evil);
    await addAuthenticator(provider, browser);
    const after = (await browser.get(page)).body;
    expect(after).toContain('id="account-recovery-codes"');
    expect(after).toContain('10 codes are left');
  });

  test('shows a device as what its browser says of itself, as text', async () => {
    const app = await addAuthenticator(provider, browser);
    const other = provider.browser();
    const step = await other.signIn();
    const action = '/login/second-factor';
    const continuation = /name="continuation" value="([^"]+)"/.exec(step.body)?.[1] ?? '';
    const form = { continuation, method: 'totp', code: app.next(), trust: 'true' };
    await other.post(action, form, { 'user-agent': evil });
    const { body } = await browser.get(page);
    expect(body).toContain('id="account-devices"');
    expect(body).not.toContain(evil);
  });
});

describe('changing the password', () => {
  test('keeps this session, ends every other one, and is in the audit log', async () => {
    const elsewhere = provider.browser();
    await elsewhere.signIn();
    expect(locationOf(await change({ password: fresh }))).toBe(page);
    expect(textOf(await browser.get(page))).toContain('Your password is changed.');
    expect((await elsewhere.get('/account')).statusCode).toBe(303);
    expect(await listSessions(provider.context, alice.id)).toHaveLength(1);
    expect(await canSignIn(password)).toBe(false);
    expect(await canSignIn(fresh)).toBe(true);
    const [event] = await listEvents(provider.context, { limit: 1, target: alice.id, action: 'user.password-changed' });
    expect(event?.actor).toBe(alice.id);
  });

  test('asks for the old one when the last sign-in is longer ago than five minutes', async () => {
    expect((await browser.get(`${page}/password`)).body).not.toContain('id="account-current-password"');
    provider.clock.advance(601);
    expect((await browser.get(`${page}/password`)).body).toContain('id="account-current-password"');
    expect((await change({ password: fresh })).statusCode).toBe(403);
    expect((await change({ password: fresh, current_password: 'a wrong one' })).statusCode).toBe(403);
    expect(await canSignIn(fresh)).toBe(false);
    const done = await change({ password: fresh, current_password: password });
    expect([done.statusCode, textOf(done)]).toEqual([303, '']);
    expect(await canSignIn(fresh)).toBe(true);
  });

  test('lets nobody guess the old one for long', async () => {
    provider.clock.advance(601);
    const statuses = [];
    for (let guess = 0; guess < 7; guess++)
      statuses.push((await change({ password: fresh, current_password: `guess ${guess}` })).statusCode);
    expect(statuses).toContain(429);
    expect((await change({ password: fresh, current_password: password })).statusCode).toBe(429);
  });

  test.each([
    ['the same again', password, 'This is the password you have now'],
    ['one of the first that are guessed', 'password', 'among the first that are guessed'],
    ['the user name', 'alice@example.com', 'not your user name or e-mail address'],
    ['nothing', '', 'at least 8 characters'],
  ])('refuses %s', async (_title, chosen, words) => {
    const response = await change({ password: chosen });
    expect(response.statusCode).toBe(400);
    expect(textOf(response)).toContain(words);
    expect(await canSignIn(password)).toBe(true);
  });
});

describe('recovery codes', () => {
  test('are shown with a file to keep, once, and only to the session that made them', async () => {
    await addAuthenticator(provider, browser);
    const made = await browser.post(`${page}/recovery-codes`, {});
    const thief = provider.browser();
    for (const [name, value] of browser.cookies) if (name !== 'castellan_session') thief.cookies.set(name, value);
    expect((await thief.get(`${page}/recovery-codes`)).body).not.toContain('id="account-codes"');
    const shown = await browser.follow(made);
    const file = /download="recovery-codes.txt" href="data:text\/plain;charset=utf-8,([^"]+)"/.exec(shown.body)?.[1];
    expect(decodeURIComponent(file ?? '')).toMatch(
      /^Recovery codes\nCastellan\nhttp:\/\/localhost:9000\nalice\n\n(?:[0-9a-z]{5}-[0-9a-z]{5}\n){10}$/,
    );
    expect(shown.headers['cache-control']).toBe('no-store');
    expect((await browser.get(`${page}/recovery-codes`)).statusCode).toBe(303);
  });

  test('are not made for somebody without a second factor', async () => {
    expect(locationOf(await browser.post(`${page}/recovery-codes`, {}))).toBe(page);
    expect((await browser.get(page)).body).not.toContain('id="account-recovery-codes"');
  });

  test('go with the last second factor', async () => {
    await addAuthenticator(provider, browser);
    await submitTo(browser, await browser.get(page), `${page}/authenticator/remove`, {});
    expect((await browser.get(page)).body).not.toContain('id="account-recovery-codes"');
    const again = await addAuthenticator(provider, browser);
    expect(again.recoveryCodes).toHaveLength(10);
  });
});
