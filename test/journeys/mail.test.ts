/** What people do with mails, in a real Chromium: signing in, a forgotten password, another address, with scripts and without. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser, takeScreenshots } from '../support/browser.ts';
import { freePort } from '../support/castellan-process.ts';
import { manners } from '../support/journey.ts';
import { mailSettings, startMailServer } from '../support/mail-server.ts';
import { password, startProvider } from '../support/provider.ts';
import { stumblingBlocks } from '../support/stumbling-blocks.ts';

/** Where pictures of every page go, when they are asked for. */
const screenshots = process.env.CASTELLAN_SCREENSHOTS;

let chromium: Browser;
beforeAll(async () => {
  chromium = await launchBrowser();
}, 300_000);
afterAll(() => chromium?.close());

async function start(javaScriptEnabled: boolean) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = await startMailServer();
  const provider = await startProvider({ settings: { ...mailSettings(server), CASTELLAN_PUBLIC_URL: url } });
  await provider.addUser({ email_verified: true, administrator: true });
  await provider.app.listen({ host: '127.0.0.1', port });
  onTestFinished(() => provider.close());
  const newPage = async () => {
    const context = await chromium.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });
    onTestFinished(() => context.close());
    return context.newPage();
  };
  const problems: string[] = [];
  const look = async (page: Page, name: string) => {
    problems.push(...(await stumblingBlocks(page)).map((problem) => `${name}: ${problem}`));
    if (!javaScriptEnabled) return;
    problems.push(...(await accessibilityProblems(page)));
    if (screenshots !== undefined) await takeScreenshots(page, join(screenshots, `mail-${name}`));
  };
  return { url, server, newPage, look, problems };
}

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  test('a code signs in, a link on another device too, and the address is changed and taken back', {
    timeout: 120_000,
  }, async () => {
    const { url, server, newPage, look, problems } = await start(javaScriptEnabled);
    const page = await newPage();
    await page.goto(`${url}/account/email`);
    await look(page, '1-sign-in');
    await page.click('#login-email-code');
    await look(page, '2-ask');
    await page.fill('#login-email', 'alice@example.com');
    await page.click('#login-email-submit');
    await look(page, '3-code');
    const first = await server.mail(1);
    const phone = await newPage();
    await phone.goto(first.link);
    await look(phone, '4-other-browser');
    await page.fill('#login-code', first.code);
    await page.click('#login-code-submit');
    expect(page.url()).toBe(`${url}/account/email`);

    await page.fill('#account-email', 'new@example.com');
    await page.click('#account-email-submit');
    await look(page, '5-address');
    const second = await server.mail(2);
    await page.goto(second.link);
    await look(page, '6-confirm');
    await page.click('#account-email-confirm');
    expect(await page.textContent('main, .console-content, body')).toContain('new@example.com');
    await page.goto(`${url}/admin/mails`);
    await look(page, '7-console');

    const notice = await server.mail(3);
    await phone.goto(notice.link);
    await look(phone, '8-undo');
    await phone.click('#undo-email-submit');
    await look(phone, '9-new-password');
    await phone.fill('#recovery-password', 'a new horse battery');
    await phone.click('#recovery-submit');
    expect(await phone.textContent('h1')).toBe('Your password is changed');
    await page.goto(`${url}/account/email`);
    expect(await page.textContent('h1')).toBe('Sign in');
    expect(problems).toEqual([]);
  });

  test('a forgotten password is replaced', { timeout: 120_000 }, async () => {
    const { url, server, newPage, look, problems } = await start(javaScriptEnabled);
    const page = await newPage();
    await page.goto(`${url}/login`);
    await page.click('#login-forgotten');
    await look(page, 'forgotten');
    await page.fill('#forgot-username', 'alice');
    await page.click('#forgot-submit');
    await look(page, 'forgotten-done');
    await page.goto((await server.mail(1)).link);
    await page.fill('#recovery-password', `${password} again`);
    await page.click('#recovery-submit');
    await look(page, 'changed');
    await page.goto(`${url}/login`);
    await page.fill('#login-username', 'alice');
    await page.fill('#login-password', `${password} again`);
    await page.click('#login-submit');
    await page.goto(`${url}/account/email`);
    expect(await page.textContent('h1')).not.toBe('Sign in');
    expect(problems).toEqual([]);
  });
});
