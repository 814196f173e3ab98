/** In which language a real Chromium is spoken to: what it prefers, what was chosen, and what an application asks for. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { beginJourney, heading, manners, send, signIn, told } from '../support/journey.ts';
import { startOpenIdApplication } from '../support/openid-application.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

const languageOf = (page: Page): Promise<string | null> => page.getAttribute('html', 'lang');

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('pages speak as the browser prefers, then as was chosen once, and as the application asks above all', {
    timeout: 120_000,
  }, async () => {
    const journey = await beginJourney(browser, { name: 'languages', javaScriptEnabled });
    const { provider, url, look } = journey;
    await provider.addUser({ username: 'ada', email: 'ada@example.com' });
    const wiki = await startOpenIdApplication(provider, { client_name: 'Wiki' });
    const page = await journey.newWindow({ locale: 'de-AT' });

    await page.goto(wiki.begin());
    expect([await languageOf(page), await heading(page)]).toEqual(['de', 'Anmelden']);
    await look(page, '1-preferred');
    await chooseLanguage(page, 'Polski');
    expect(await languageOf(page)).toBe('pl');
    await look(page, '2-chosen');
    // The choice costs nothing of the sign-in, and holds on what comes of a form.
    await signIn(page, 'ada', 'not the password');
    expect(await languageOf(page)).toBe('pl');
    await page.fill('#login-password', 'correct horse battery staple');
    await send(page, '#login-password');
    expect(await languageOf(page)).toBe('pl');
    await page.click('#consent-allow');
    expect(await told(page)).toHaveProperty('sub');

    // Remembered in another tab and after signing out.
    const tab = await page.context().newPage();
    await tab.goto(url('/account'));
    expect(await languageOf(tab)).toBe('pl');
    await tab.goto(url('/oidc/oauth2/logout'));
    await tab.click('#logout-confirm');
    expect(await languageOf(tab)).toBe('pl');

    // What the application asks for holds on every page of this request, and is not remembered.
    await page.goto(wiki.begin({ ui_locales: 'ja fr', scope: 'openid profile' }));
    expect(await languageOf(page)).toBe('ja');
    expect(await page.locator('.language-menu').count()).toBe(0);
    await look(page, '3-asked-for');
    await signIn(page, 'ada');
    expect(await languageOf(page)).toBe('ja');
    await page.click('#consent-deny');
    expect(await told(page)).toEqual({ error: 'access_denied' });
    await page.goto(url('/account'));
    expect(await languageOf(page)).toBe('pl');

    // In the account it is a setting.
    await page.selectOption('#account-locale', 'fr');
    await page.click('#account-save');
    expect(await languageOf(page)).toBe('fr');
    expect(await page.textContent('.notice.good')).toContain('Vos modifications sont enregistrées.');
    await look(page, '4-account');
    expect(journey.problems).toEqual([]);
  });
});

/** With the menu that ends the page. */
async function chooseLanguage(page: Page, name: string): Promise<void> {
  await page.selectOption('.language-menu select', { label: name });
  await page.click('.language-menu button');
  await page.waitForLoadState();
}
