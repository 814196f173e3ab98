/** Signing in for a real application in a real Chromium, where it does not go straight: with scripts and without. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { disableUser, insertNewUser } from '../../src/identity/users.ts';
import { launchBrowser } from '../support/browser.ts';
import { newInstallation } from '../support/castellan-process.ts';
import { beginJourney, heading, manners, send, signIn, told } from '../support/journey.ts';
import { startOpenIdApplication } from '../support/openid-application.ts';
import { actor, password } from '../support/provider.ts';
import { codeAt } from '../support/second-factor.ts';

const ownPassword = 'seven green bicycles in March';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('a password that somebody else has set is replaced on the way, and who may not come in is told why', {
    timeout: 120_000,
  }, async () => {
    const journey = await beginJourney(browser, { name: 'sign-in', javaScriptEnabled });
    const { provider, look } = journey;
    const person = (username: string, more = {}) =>
      provider.addUser({
        username,
        email: `${username}@example.com`,
        claims: { name: `${username} Example` },
        ...more,
      });
    await person('eve', { must_change_password: true });
    await disableUser(provider.context, (await person('dan')).id, actor);
    await person('pat', { expires_at: provider.clock.now + 60 });
    provider.clock.advance(60);
    const waiting = { username: 'wes', email: 'wes@example.com', password };
    await insertNewUser(provider.context, waiting, actor, 'user.created', { awaitsApproval: true });
    const wiki = await startOpenIdApplication(provider, { client_name: 'Wiki' });
    const page = await journey.newWindow();

    // What was typed wrong is said at once, with the field to go on with.
    await page.goto(wiki.begin());
    await look(page, '1-sign-in');
    await signIn(page, 'eve', 'not the password');
    expect(await page.textContent('#error-message')).toContain('User name and password do not fit together.');
    expect(await page.inputValue('#login-username')).toBe('eve');
    await look(page, '2-refused');

    await page.fill('#login-password', password);
    await send(page, '#login-password');
    expect(await heading(page)).toBe('Choose a new password');
    expect(await page.inputValue('[autocomplete=username]')).toBe('eve');
    await look(page, '3-new-password');
    await page.click('#login-cancel');
    expect(await told(page)).toEqual({ error: 'access_denied' });
    await page.goto(wiki.begin());
    await signIn(page, 'eve');
    if (javaScriptEnabled) await typeWithMeter(page, '#login-new-password');
    await page.fill('#login-new-password', 'password');
    await send(page, '#login-new-password');
    expect(await page.textContent('#login-new-password-problem')).toContain('among the first that are guessed');
    await look(page, '4-new-password-refused');
    await page.fill('#login-new-password', ownPassword);
    await send(page, '#login-new-password');
    expect(await heading(page)).toBe('Allow Wiki?');
    await page.click('#consent-allow');
    expect(await told(page)).toMatchObject({ amr: ['pwd'] });

    // Back in the browser's history nothing is done twice, and a way leads on.
    await page.goBack();
    expect(await heading(page)).toBe('Already done');
    await look(page, '5-already-done');
    await page.click('#error-back');
    expect(page.url()).toBe(`${wiki.origin}/`);

    const stranger = await journey.newWindow();
    for (const [username, title] of [
      ['dan', 'This account is switched off'],
      ['pat', 'This account has expired'],
      ['wes', 'Your account waits for approval'],
    ] as const) {
      await stranger.goto(wiki.begin());
      await signIn(stranger, username);
      expect(await heading(stranger)).toBe(title);
      await look(stranger, `6-${username}`);
      await stranger.click('#login-cancel');
      expect(await told(stranger)).toEqual({ error: 'access_denied' });
    }
    await stranger.goto(wiki.begin());
    await signIn(stranger, 'dan');
    await stranger.click('#login-another');
    await signIn(stranger, 'eve', ownPassword);
    expect(await told(stranger)).toMatchObject({ amr: ['pwd'] });
    expect(journey.problems).toEqual([]);
  });

  test('who guesses waits longer and longer, and the owner comes in all the same', { timeout: 120_000 }, async () => {
    const journey = await beginJourney(browser, { name: 'guessing', javaScriptEnabled });
    const { provider, url } = journey;
    await provider.addUser({ username: 'ada', email: 'ada@example.com' });
    const owner = await journey.newWindow();
    await owner.goto(url('/login'));
    await signIn(owner, 'ada');
    await owner.goto(url('/oidc/oauth2/logout'));
    await owner.click('#logout-confirm');

    const stranger = await journey.newWindow();
    await stranger.goto(url('/login'));
    for (let guesses = 0; guesses < 6; guesses += 1) await signIn(stranger, 'ada', `a guess ${guesses}`);
    expect(await stranger.textContent('#error-message')).toMatch(/Too many attempts\. Try again in \d+ seconds\./);
    await journey.look(stranger, '1-too-many');
    await owner.goto(url('/login'));
    await signIn(owner, 'ada');
    expect(new URL(owner.url()).pathname).toBe('/');
    expect(journey.problems).toEqual([]);
  });

  test('a forgotten password is replaced by a link that an administrator hands over, where no mail is sent', {
    timeout: 120_000,
  }, async () => {
    const journey = await beginJourney(browser, { name: 'forgotten', javaScriptEnabled });
    const { provider, url, look } = journey;
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await provider.addUser({ username: 'ada', email: 'ada@example.com' });
    const wiki = await startOpenIdApplication(provider, { client_name: 'Wiki', first_party: true });
    const page = await journey.newWindow();
    await page.goto(wiki.begin());
    await page.click('#login-forgotten');
    await look(page, '1-forgotten');
    await page.fill('#forgot-username', 'ada@example.com');
    await send(page, '#forgot-username');
    expect(await heading(page)).toBe('Now ask your administrator');
    await look(page, '2-asked');

    const admin = await journey.newWindow();
    await admin.goto(url('/admin/mails'));
    await signIn(admin, 'root');
    await admin.click('tr:has-text("ada@example.com") button:has-text("Show the link")');
    const link = (await admin.textContent('.copyable code')) ?? '';

    // In another tab, so that the sign-in of the first one can go on.
    const tab = await page.context().newPage();
    await tab.goto(link);
    await look(tab, '3-choose');
    await tab.fill('#recovery-password', 'password');
    await send(tab, '#recovery-password');
    expect(await tab.textContent('#recovery-password-problem')).toContain('among the first that are guessed');
    await look(tab, '4-refused');
    await tab.fill('#recovery-password', ownPassword);
    await send(tab, '#recovery-password');
    expect(await heading(tab)).toBe('Your password is changed');
    await look(tab, '5-changed');
    await tab.goto(link);
    expect(await heading(tab)).toBe('This link no longer works');
    await look(tab, '6-link-dead');
    await page.click('text=Back to sign in');
    await signIn(page, 'ada', ownPassword);
    expect(await told(page)).toMatchObject({ amr: ['pwd'] });
    expect(journey.problems).toEqual([]);
  });

  test('it survives reload, the back button, a second tab and a restart of the server', {
    timeout: 120_000,
  }, async () => {
    const castellan = await newInstallation();
    onTestFinished(() => castellan.remove());
    const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--password-stdin'];
    expect((await castellan.run(words, { input: password })).status).toBe(0);
    let server = await castellan.start();
    const wiki = await startOpenIdApplication({
      config: { publicUrl: castellan.url },
      register: async (metadata) => {
        const { redirect_uris } = metadata;
        const document = JSON.stringify({ client_name: 'Wiki', redirect_uris });
        return JSON.parse((await castellan.run(['client', 'add', '--metadata', document])).stdout);
      },
    });
    const context = await browser.newContext({ javaScriptEnabled, locale: 'en' });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const restart = async () => {
      await server.stop();
      server = await castellan.start();
    };
    const secret = await addAuthenticator(page, castellan.url);
    await context.clearCookies();

    await page.goto(wiki.begin());
    await page.reload();
    await restart();
    await signIn(page, 'ada');
    expect(await heading(page)).toBe('One more step');
    await page.reload();
    await page.goBack();
    expect(await heading(page)).toBe('Sign in');
    await page.goForward();
    expect(await heading(page)).toBe('One more step');
    await restart();
    const tab = await context.newPage();
    await tab.goto(wiki.begin());
    await signIn(tab, 'ada');
    expect(await heading(tab)).toBe('One more step');

    // The first tab goes on, then the second one, each with its own answer.
    await page.fill('#login-code', codeAt(secret, Math.floor(Date.now() / 1000) + 30));
    await send(page, '#login-code');
    expect(await heading(page)).toBe('Allow Wiki?');
    await tab.reload();
    expect(await heading(tab)).toBe('One more step');
    await restart();
    await page.click('#consent-allow');
    expect(await told(page)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
    await tab.goto(wiki.begin());
    expect(await told(tab)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
  });
});

/** Types a password as people do, and sees the meter follow. */
async function typeWithMeter(page: Page, field: string): Promise<void> {
  const saying = (text: string) => page.waitForSelector(`.password-strength [role=status]:has-text("${text}")`);
  await page.locator(field).pressSequentially('aaaaaaaa');
  await saying('among the first that are guessed');
  await page.fill(field, ownPassword);
  await saying('Very good');
}

/** Sets an authenticator app up in the account, and returns its secret; the code of now is used up. */
async function addAuthenticator(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/account/security/authenticator`);
  await signIn(page, 'ada');
  const secret = ((await page.textContent('#account-secret')) ?? '').replaceAll(' ', '');
  await page.fill('#account-code', codeAt(secret, Math.floor(Date.now() / 1000)));
  await send(page, '#account-code');
  expect(await page.locator('#account-codes').count()).toBe(1);
  return secret;
}
