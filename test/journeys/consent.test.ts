/** What people allow a real application in a real Chromium: a part, more later, and nothing at all. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { beginJourney, heading, manners, signIn, told } from '../support/journey.ts';
import { startOpenIdApplication } from '../support/openid-application.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('people allow a part, are asked again only for more, and take it back', { timeout: 120_000 }, async () => {
    const journey = await beginJourney(browser, { name: 'consent', javaScriptEnabled });
    const { provider, url, look } = journey;
    await provider.addUser({
      username: 'ada',
      email: 'ada@example.com',
      phone_number: '+1 425 555 1212',
      claims: { name: 'Ada Lovelace' },
    });
    const shop = await startOpenIdApplication(provider, {
      client_name: 'Shop',
      optional_scope: 'email phone',
      policy_uri: 'https://shop.example/privacy',
      tos_uri: 'https://shop.example/terms',
    });
    const page = await journey.newWindow();

    // Who does not want to, does not have to.
    await page.goto(shop.begin({ scope: 'openid profile email' }));
    await signIn(page, 'ada');
    expect(await heading(page)).toBe('Allow Shop?');
    await look(page, '1-asked');
    const main = (await page.textContent('main')) ?? '';
    for (const shown of ['Ada Lovelace', 'ada@example.com', 'your password', 'your phone number'])
      expect(main).toContain(shown);
    for (const link of ['https://shop.example/privacy', 'https://shop.example/terms'])
      expect(await page.locator(`a[href="${link}"]`).count()).toBe(1);
    await page.click('#consent-deny');
    expect(await told(page)).toEqual({ error: 'access_denied' });

    // Only the name: the box of the address stays empty.
    await page.goto(shop.begin({ scope: 'openid profile email' }));
    await page.click('#consent-allow');
    expect(await told(page)).toMatchObject({ name: 'Ada Lovelace', scope: 'openid profile' });
    expect(await told(page)).not.toHaveProperty('email');
    await page.goto(shop.begin({ scope: 'openid profile email' }));
    expect(await told(page)).toMatchObject({ scope: 'openid profile' });

    // Asked again for more, where new is what was never asked, and the address may be given now.
    await page.goto(shop.begin({ scope: 'openid profile email phone' }));
    expect(await heading(page)).toBe('Allow Shop?');
    await look(page, '2-asked-for-more');
    expect(await page.locator('.permissions li', { has: page.locator('.badge') }).allTextContents()).toEqual([
      expect.stringContaining('your phone number'),
    ]);
    await page.click('label:has-text("ada@example.com")');
    await page.click('#consent-allow');
    expect(await told(page)).toMatchObject({ email: 'ada@example.com', scope: 'openid profile email' });
    expect(await told(page)).not.toHaveProperty('phone_number');

    // Taken back in the account: then it is asked from the beginning.
    await page.goto(url('/account/applications'));
    await look(page, '3-applications');
    await page.click('main a.button');
    await look(page, '4-withdraw');
    await page.click('#account-withdraw');
    expect(await page.textContent('.notice.good')).toContain('has no more access');
    expect(shop.signedOut).toHaveLength(1);
    await page.goto(shop.begin({ scope: 'openid profile email' }));
    expect(await heading(page)).toBe('Allow Shop?');
    expect(await page.locator('.permissions .badge').count()).toBe(0);
    expect(journey.problems).toEqual([]);
  });
});
