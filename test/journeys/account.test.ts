/** The account in a real Chromium, with scripts and without: profile, picture, devices, applications, activity, data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser, takeScreenshots } from '../support/browser.ts';
import { freePort } from '../support/castellan-process.ts';
import { obtainTokens } from '../support/code-flow.ts';
import { evil } from '../support/console.ts';
import { manners } from '../support/journey.ts';
import { type Provider, password, startProvider } from '../support/provider.ts';
import { stumblingBlocks } from '../support/stumbling-blocks.ts';

const screenshots = process.env.CASTELLAN_SCREENSHOTS;

/** The least PNG there is, of 16 by 16 pixels. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAF0lEQVR4nGNgaPhPGhrVMKph5GoYfhoAJZv+EAaLJ4IAAAAASUVORK5CYII=',
  'base64',
);

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

describe.each(manners)('$how', ({ how, javaScriptEnabled }) => {
  test('people change their profile, look after devices and applications, take their data and go', {
    timeout: 180_000,
  }, async () => {
    const provider = await listening();
    await provider.addUser({ username: 'root', email: 'root@example.com', administrator: true });
    await provider.addUser({ username: 'ada', email: 'ada@example.com', groups: ['staff'] });
    await connect(provider);
    const context = await browser.newContext({
      javaScriptEnabled,
      viewport: { width: 1280, height: 800 },
      acceptDownloads: true,
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|Refused to/.test(message.text())) complaints.push(message.text());
    });
    const problems: string[] = [];
    const look = async (name: string) => {
      problems.push(...(await stumblingBlocks(page)).map((problem) => `${name}: ${problem}`));
      if (javaScriptEnabled) problems.push(...(await accessibilityProblems(page)));
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      if (wide) problems.push(`${name} is wider than the window`);
      if (screenshots !== undefined) await photograph(page, how, name);
    };
    const at = (path: string) => page.goto(`${provider.config.publicUrl}${path}`);

    await at('/account');
    await page.fill('#login-username', 'ada');
    await page.fill('#login-password', password);
    await page.click('#login-submit');
    await at('/account');
    await page.fill('#account-name', 'Ada Lovelace');
    await page.fill('#account-birthdate', 'tomorrow');
    await page.click('#account-save');
    await look('1-profile-refused');
    await page.fill('#account-birthdate', '1815-12-10');
    await page.click('#account-save');
    expect(await page.textContent('.notice.good')).toContain('Your changes are saved.');
    const file = join(provider.config.keysDir, 'me.png');
    writeFileSync(file, picture);
    await page.setInputFiles('#account-picture', file);
    await page.click('#account-picture-save');
    expect(await page.textContent('.notice.good')).toContain('Your picture is saved.');
    expect(
      await page.evaluate("[...document.querySelectorAll('.picture img')].every((one) => one.naturalWidth === 16)"),
    ).toBe(true);
    await look('2-profile');

    await at('/account/sessions');
    await look('3-devices');
    await page.click('#account-end-others');
    expect(await page.textContent('.notice.good')).toContain('One browser is signed out.');
    await look('4-devices-signed-out');

    await at('/account/applications');
    await look('5-applications');
    await page.click('main a.button');
    await look('6-withdraw');
    await page.click('#account-withdraw');
    expect(await page.textContent('.notice.good')).toContain('has no more access');

    await at('/account/activity');
    await look('7-activity');

    await at('/account/data');
    await look('8-data');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#account-download')]);
    expect(download.suggestedFilename()).toBe('account-data.json');
    await page.click('#account-delete');
    await look('9-delete');
    await page.fill('#account-delete-username', 'ada');
    await page.click('#account-delete-confirm');
    expect(await page.textContent('h1')).toBe('Your account is deleted');
    await look('10-deleted');
    await at('/');
    expect(await page.textContent('h1')).toBe('Sign in');

    expect(problems).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** A provider that listens at its public address. */
async function listening(): Promise<Provider> {
  const port = await freePort();
  const provider = await startProvider({ settings: { CASTELLAN_PUBLIC_URL: `http://localhost:${port}` } });
  onTestFinished(() => provider.close());
  await provider.app.listen({ host: '127.0.0.1', port });
  return provider;
}

/** Ada at another browser, with two applications, one of which is named to do harm. */
async function connect(provider: Provider): Promise<void> {
  const other = provider.browser();
  await other.signIn('ada');
  const wiki = await provider.register({ client_name: 'Wiki', client_uri: 'https://wiki.example' });
  await obtainTokens(provider, other, wiki, { scope: 'openid profile email groups offline_access', prompt: 'consent' });
  const shop = await provider.register({ client_name: evil });
  await obtainTokens(provider, other, shop, { scope: 'openid email' });
}

async function photograph(page: Page, how: string, name: string): Promise<void> {
  const folder = join(String(screenshots), 'account', how.replace(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  await takeScreenshots(page, join(folder, name));
  if (size) await page.setViewportSize(size);
}
