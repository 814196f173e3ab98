/** Signing in through another Castellan, in a real Chromium, between two real servers: with scripts and without. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser, takeScreenshots } from '../support/browser.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { manners } from '../support/journey.ts';
import { password } from '../support/provider.ts';
import { stumblingBlocks } from '../support/stumbling-blocks.ts';

/** Where pictures of every page go, when they are asked for. */
const screenshots = process.env.CASTELLAN_SCREENSHOTS;

let browser: Browser;
let installations: Installation[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());
afterEach(async () => {
  for (const installation of installations) await installation.remove();
});

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('somebody new makes an account, connects another, and is back without a password', {
    timeout: 120_000,
  }, async () => {
    const [ours, there] = [await newInstallation(), await newInstallation()];
    installations = [ours, there];
    await there.start();
    // Two names of the loopback, for cookies know no ports.
    const ourUrl = ours.url.replace('localhost', '127.0.0.1');
    await ours.start({ CASTELLAN_PUBLIC_URL: ourUrl, CASTELLAN_OUTBOUND_ALLOW: `localhost:${there.port}` });
    await makeKnown(ours, there, ourUrl);
    await addPerson(there, 'alice');
    await addPerson(ours, 'bob');

    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const problems: string[] = [];
    const look = async (name: string) => {
      problems.push(...(await stumblingBlocks(page)).map((problem) => `${name}: ${problem}`));
      if (!javaScriptEnabled) return;
      problems.push(...(await accessibilityProblems(page)));
      if (screenshots === undefined) return;
      mkdirSync(screenshots, { recursive: true });
      await takeScreenshots(page, join(screenshots, `provider-${name}`));
    };

    await page.goto(`${ourUrl}/login`);
    await look('1-sign-in');
    await page.click('#login-with-there');
    expect(page.url().startsWith(there.url)).toBe(true);
    await page.fill('#login-username', 'alice');
    await page.fill('#login-password', password);
    await page.click('#login-submit');
    expect(await page.textContent('h1')).toBe('You are new here');
    await look('2-new');
    await page.click('#login-create');
    await page.waitForURL(`${ourUrl}/`);
    await page.goto(`${ourUrl}/account/security`);
    expect(await page.textContent('#account-providers')).toContain('alice@example.com');
    await look('3-account');

    await context.clearCookies({ domain: '127.0.0.1' });
    await page.goto(`${ourUrl}/login`);
    await page.click('#login-with-there');
    await page.waitForURL(`${ourUrl}/`);

    await context.clearCookies({ domain: '127.0.0.1' });
    await page.goto(`${ourUrl}/login`);
    await page.fill('#login-username', 'bob');
    await page.fill('#login-password', password);
    await page.click('#login-submit');
    await page.waitForURL(`${ourUrl}/`);
    await page.goto(`${ourUrl}/account/security`);
    await page.click('#account-connect-there');
    expect(page.url().startsWith(there.url)).toBe(true);
    await page.fill('#login-username', 'alice');
    await page.fill('#login-password', password);
    await page.click('#login-submit');
    expect(await page.textContent('h1')).toBe('Connect with The other castle?');
    await look('4-connect');
    await page.click('#login-connect');
    expect(await page.textContent('#error-message')).toContain('is connected with another account here');
    await look('5-refused');
    expect(problems).toEqual([]);
    await context.close();
  });
});

async function makeKnown(ours: Installation, there: Installation, ourUrl: string): Promise<void> {
  const metadata = { client_name: 'Ours', first_party: true, redirect_uris: [`${ourUrl}/login/with/there/callback`] };
  const added = await there.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  const { client_id, client_secret } = JSON.parse(added.stdout);
  const settings = {
    ...{ kind: 'openid-connect', label: 'The other castle', issuer: `${there.url}/oidc` },
    ...{ client_id, client_secret, creates_users: true },
  };
  const { stderr } = await ours.run(['identity-provider', 'add', 'there', '--settings', '@-'], {
    input: JSON.stringify(settings),
  });
  expect(stderr).toBe('');
}

async function addPerson(installation: Installation, username: string): Promise<void> {
  const words = ['user', 'add', '--username', username, '--email', `${username}@example.com`, '--password-stdin'];
  expect((await installation.run(words, { input: password })).status).toBe(0);
}
