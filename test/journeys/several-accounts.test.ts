/** Several accounts in one real Chromium, and one account in several: chosen, looked through, and signed out. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { beginJourney, heading, manners, signIn, told } from '../support/journey.ts';
import { startOpenIdApplication } from '../support/openid-application.ts';

const choose = { prompt: 'select_account' };

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('somebody goes on as one of several, signs out one, then all, and another browser from afar', {
    timeout: 120_000,
  }, async () => {
    const journey = await beginJourney(browser, { name: 'several-accounts', javaScriptEnabled });
    const { provider, url, look } = journey;
    const ada = await provider.addUser({ username: 'ada', email: 'ada@example.com', claims: { name: 'Ada Lovelace' } });
    await provider.addUser({ username: 'ben', email: 'ben@example.com', claims: { name: 'Ben Franklin' } });
    const wiki = await startOpenIdApplication(provider, { client_name: 'Wiki', first_party: true });
    const names = { scope: 'openid profile' };
    const page = await journey.newWindow();

    // One after the other, for the same application.
    await page.goto(wiki.begin(names));
    await signIn(page, 'ada');
    expect(await told(page)).toMatchObject({ name: 'Ada Lovelace' });
    await page.goto(wiki.begin({ ...names, ...choose }));
    expect(await heading(page)).toBe('Choose an account');
    await page.click('#account-other');
    await look(page, '1-another');
    await signIn(page, 'ben');
    expect(await told(page)).toMatchObject({ name: 'Ben Franklin' });
    await page.goto(wiki.begin({ ...names, ...choose }));
    await look(page, '2-choose');
    await page.click('button.account:has-text("Ada Lovelace")');
    expect(await told(page)).toMatchObject({ name: 'Ada Lovelace' });

    // The choice is in the menu of our own pages, too; cancelled, everything stays as it was.
    await page.goto(url('/account'));
    await page.click('.account-menu > summary');
    await page.click('.account-menu >> text=Switch account');
    await look(page, '3-switch');
    expect(await page.textContent('button.account:has(.badge)')).toContain('Ada Lovelace');
    await page.click('button.account:has-text("Ben Franklin")');
    await page.goto(url('/account'));
    expect(await page.inputValue('#account-name')).toBe('Ben Franklin');
    await page.goto(wiki.begin({ ...names, ...choose }));
    await page.click('button[value=deny]');
    expect(await told(page)).toEqual({ error: 'access_denied' });

    // Ada goes, Ben stays.
    await page.goto(url('/select-account'));
    await page.click('li:has-text("Ada Lovelace") >> button[value=sign-out]');
    expect(await page.locator('button.account').allTextContents()).toEqual([expect.stringContaining('Ben Franklin')]);
    expect(wiki.signedOut).toHaveLength(1);
    await page.click('#account-other');
    await signIn(page, 'ada');

    // By the menu, with the receipt: and on as who is still there.
    await page.goto(wiki.begin(names));
    await page.goto(url('/account'));
    await page.click('.account-menu > summary');
    await page.click('#sign-out');
    expect(await heading(page)).toBe('You are signed out');
    expect(await page.textContent('main')).toContain('Was told.');
    await look(page, '4-one-signed-out');
    await page.click('button.account:has-text("Ben Franklin")');
    await page.goto(wiki.begin({ ...names, ...choose }));
    await page.click('#account-other');
    await signIn(page, 'ada');

    // All at once, with the receipt.
    await page.goto(url('/oidc/oauth2/logout'));
    await page.click('#logout-all');
    expect(await heading(page)).toBe('You are signed out');
    expect(await page.textContent('main')).toContain('Wiki');
    expect(await page.textContent('main')).toContain('Was told.');
    await look(page, '5-signed-out');
    expect(wiki.signedOut).toHaveLength(4);
    await page.goBack();
    await page.goto(url('/account'));
    expect(await heading(page)).toBe('Sign in');

    // The same person at two browsers: one of them is left behind somewhere, and signed out from here.
    const lost: Page = await journey.newWindow();
    await lost.goto(wiki.begin(names));
    await signIn(lost, 'ada');
    await signIn(page, 'ada');
    await page.goto(url('/account/sessions'));
    await look(page, '6-sessions');
    await page.click('section:has-text("Other browsers") >> button:has-text("Sign out") >> nth=0');
    expect(await page.textContent('.notice.good')).toContain('One browser is signed out.');
    expect(await page.textContent('main')).toContain('Was told.');
    await look(page, '7-signed-out-elsewhere');
    expect(wiki.signedOut).toHaveLength(5);
    expect(wiki.signedOut.at(-1)).toBe(wiki.signedOut[0]);
    await lost.goto(url('/account'));
    expect(await heading(lost)).toBe('Sign in');
    await page.goto(url('/account'));
    expect(await page.inputValue('#account-name')).toBe(ada.claims.name);
    expect(journey.problems).toEqual([]);
  });
});
