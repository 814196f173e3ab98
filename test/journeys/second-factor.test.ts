/** The second step in a real Chromium, for a real application: set up, asked for, trusted away, lost, and insisted on. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { beginJourney, heading, type Journey, manners, send, signIn, told } from '../support/journey.ts';
import { startOpenIdApplication } from '../support/openid-application.ts';
import { codeAt } from '../support/second-factor.ts';

const oneFactor = 'urn:castellan:acr:one-factor';
const twoFactors = 'urn:castellan:acr:two-factors';
const insistsOnTwo = { claims: JSON.stringify({ id_token: { acr: { essential: true, values: [twoFactors] } } }) };

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

/** The app on somebody's phone. Each code works once, so it waits for the next one. */
function phoneOf({ provider }: Journey, secret: string): () => string {
  return () => {
    provider.clock.advance(30);
    return codeAt(secret, provider.clock.now);
  };
}

/** Sets an authenticator app up on its page, which the window shows, as far as the recovery codes. */
async function setUp(journey: Journey, page: Page): Promise<{ nextCode: () => string; recoveryCodes: string[] }> {
  expect(await page.locator('.qr-code svg').count()).toBe(1);
  const secret = ((await page.textContent('#account-secret')) ?? '').replaceAll(' ', '');
  const nextCode = phoneOf(journey, secret);
  await page.fill('#account-code', nextCode());
  await send(page, '#account-code');
  const recoveryCodes = await page.locator('#account-codes code').allTextContents();
  return { nextCode, recoveryCodes };
}

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('an authenticator app is set up, asked for, spared on a trusted device, and replaced by a recovery code', {
    timeout: 120_000,
  }, async () => {
    const journey = await beginJourney(browser, { name: 'second-factor', javaScriptEnabled });
    const { provider, url, look } = journey;
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await provider.addUser({ username: 'ada', email: 'ada@example.com', claims: { name: 'Ada Lovelace' } });
    const wiki = await startOpenIdApplication(provider, { client_name: 'Wiki' });

    // At home: set up, with a code that was mistyped first.
    const home = await journey.newWindow({ acceptDownloads: true });
    await home.goto(url('/account/security'));
    await signIn(home, 'ada');
    await look(home, '1-ways-to-sign-in');
    await home.click('#account-authenticator-add');
    await look(home, '2-set-up');
    await home.fill('#account-code', '000000');
    await send(home, '#account-code');
    await look(home, '3-set-up-refused');
    expect(await home.textContent('#account-code-problem')).toContain('This code is not right');
    const { nextCode, recoveryCodes } = await setUp(journey, home);
    expect(recoveryCodes).toHaveLength(10);
    await look(home, '4-recovery-codes');
    const [file] = await Promise.all([home.waitForEvent('download'), home.click('#account-codes-download')]);
    expect(file.suggestedFilename()).toBe('recovery-codes.txt');
    const kept = readFileSync(await file.path(), 'utf8');
    for (const code of recoveryCodes) expect(kept).toContain(code);
    await home.emulateMedia({ media: 'print' });
    expect(await home.locator('#account-codes').isVisible()).toBe(true);
    expect(await home.locator('nav.side').isVisible()).toBe(false);
    await home.emulateMedia({ media: null });
    await home.click('#account-codes-done');
    expect(await home.textContent('#account-recovery-codes')).toContain('10 codes are left');
    await look(home, '5-set-up-done');

    // At work: the application asks for the code, too, until the device is trusted.
    const work = await journey.newWindow();
    await work.goto(wiki.begin());
    await signIn(work, 'ada');
    expect(await heading(work)).toBe('One more step');
    await look(work, '6-code');
    await work.click('label[for=login-trust]');
    await work.fill('#login-code', '000000');
    await send(work, '#login-code');
    await look(work, '7-code-refused');
    expect(await work.textContent('#error-message')).toContain('This code is not right');
    expect(await work.isChecked('#login-trust')).toBe(true);
    await work.fill('#login-code', nextCode());
    await send(work, '#login-code');
    await work.click('#consent-allow');
    expect(await told(work)).toMatchObject({ acr: twoFactors, amr: ['pwd', 'otp', 'mfa'] });

    const signOut = async (page: Page) => {
      await page.goto(url('/oidc/oauth2/logout'));
      await page.click('#logout-confirm');
      expect(await heading(page)).toBe('You are signed out');
    };
    await signOut(work);
    await work.goto(wiki.begin());
    await signIn(work, 'ada');
    expect(await told(work)).toMatchObject({ acr: oneFactor, amr: ['pwd'] });

    // What the application insists on, trust does not stand in for.
    await work.goto(wiki.begin(insistsOnTwo));
    await look(work, '8-step-up');
    expect(await work.locator('#login-password').count()).toBe(0);
    await work.fill('#login-code', nextCode());
    await send(work, '#login-code');
    expect(await told(work)).toMatchObject({ acr: twoFactors });

    // The trust is taken back at home, and the phone is lost.
    await home.reload();
    await look(home, '9-trusted-device');
    expect(await home.textContent('#account-devices')).toContain('Chrome on Linux');
    await home.click('#account-devices button');
    expect(await home.textContent('.notice.good')).toContain('no longer trusted');
    await signOut(work);
    await work.goto(url('/login'));
    await signIn(work, 'ada');
    await work.click('#login-cancel');
    expect(await heading(work)).toBe('Sign in');
    await work.goto(wiki.begin());
    await signIn(work, 'ada');
    await work.click('#login-use-recovery-codes');
    await look(work, '10-recovery-code');
    const [code = ''] = recoveryCodes;
    await work.fill('#login-code', ` ${code.toUpperCase()} `);
    await send(work, '#login-code');
    expect(await told(work)).toMatchObject({ acr: twoFactors });
    await signOut(work);
    await work.goto(wiki.begin());
    await signIn(work, 'ada');
    await work.click('#login-use-recovery-codes');
    await work.fill('#login-code', code);
    await send(work, '#login-code');
    expect(await work.textContent('#error-message')).toContain('none of your unused recovery codes');
    await look(work, '11-recovery-code-refused');
    await work.click('#login-use-totp');
    await work.fill('#login-code', nextCode());
    await send(work, '#login-code');
    await home.reload();
    expect(await home.textContent('#account-recovery-codes')).toContain('9 codes are left');

    // New codes end the old ones, and without the app the password is enough again.
    await home.click('#account-recovery-codes-make');
    expect(await home.locator('#account-codes li').count()).toBe(10);
    await home.goto(url('/account/security'));
    await home.click('#account-authenticator-remove');
    expect(await home.textContent('.notice.good')).toContain('The authenticator app is removed.');
    await signOut(work);
    await work.goto(wiki.begin());
    await signIn(work, 'ada');
    expect(await told(work)).toMatchObject({ acr: oneFactor });
    expect(journey.problems).toEqual([]);
  });

  test('who has no second step can go back to the application that insists on one, or set it up and come back', {
    timeout: 120_000,
  }, async () => {
    const journey = await beginJourney(browser, { name: 'second-factor-insisted-on', javaScriptEnabled });
    await journey.provider.addUser({ username: 'ben', email: 'ben@example.com' });
    const bank = await startOpenIdApplication(journey.provider, { client_name: 'Bank' });
    const page = await journey.newWindow();
    await page.goto(bank.begin(insistsOnTwo));
    await signIn(page, 'ben');
    expect(await heading(page)).toBe('A stronger sign-in is needed');
    await journey.look(page, '1-needed');
    await page.click('#login-cancel');
    expect(await told(page)).toEqual({ error: 'unmet_authentication_requirements' });

    await page.goto(bank.begin(insistsOnTwo));
    await signIn(page, 'ben');
    await page.click('#login-set-up');
    expect(await page.textContent('.notice')).toContain('An application is waiting for you.');
    await journey.look(page, '2-waiting');
    await page.click('#account-authenticator-add');
    const { recoveryCodes } = await setUp(journey, page);
    expect(recoveryCodes).toHaveLength(10);
    await journey.look(page, '3-set-up');
    await page.click('#account-codes-done');
    await page.click('#account-return');
    await page.click('#consent-allow');
    expect(await told(page)).toMatchObject({ acr: twoFactors, amr: ['pwd', 'otp', 'mfa'] });
    expect(journey.problems).toEqual([]);
  });
});
