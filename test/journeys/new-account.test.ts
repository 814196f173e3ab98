/** How people get an account, in a real Chromium: by an invitation, from a list, and by signing up. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { contentOf } from '../../src/identity/mails.ts';
import { findUserByLogin } from '../../src/identity/users.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser, takeScreenshots } from '../support/browser.ts';
import { freePort } from '../support/castellan-process.ts';
import { type Console, startConsole } from '../support/console.ts';
import { manners } from '../support/journey.ts';
import { password } from '../support/provider.ts';
import { stumblingBlocks } from '../support/stumbling-blocks.ts';

/** Where pictures of every page go, when they are asked for. */
const screenshots = process.env.CASTELLAN_SCREENSHOTS;
const mail = { CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9', CASTELLAN_MAIL_FROM: 'id@example.com' };

let browser: Browser;
let provider: Console;
let origin: string;
let problems: string[];

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());
afterEach(() => provider?.close());

async function start(settings: Record<string, string>): Promise<void> {
  problems = [];
  const port = await freePort();
  origin = `http://localhost:${port}`;
  provider = await startConsole({ settings: { CASTELLAN_PUBLIC_URL: origin, ...settings } });
  await provider.app.listen({ host: '127.0.0.1', port });
}

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.on('console', (message) => {
    if (!/^Autofocus|Failed to load resource/.test(message.text())) problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  return page;
}

/** Looks at a page as axe and a camera do, where scripts run. */
async function look(page: Page, name: string, withScripts = true): Promise<void> {
  problems.push(...(await stumblingBlocks(page)).map((problem) => `${name}: ${problem}`));
  if (!withScripts) return;
  problems.push(...(await accessibilityProblems(page)));
  if (screenshots === undefined) return;
  mkdirSync(screenshots, { recursive: true });
  await takeScreenshots(page, join(screenshots, name));
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.fill('#login-username', username);
  await page.fill('#login-password', password);
  await page.click('#login-submit');
}

async function fillIn(page: Page, prefix: string, username: string): Promise<void> {
  await page.fill(`#${prefix}-username`, username);
  await page.fill(`#${prefix}-name`, 'Anna Lee');
  await page.fill(`#${prefix}-password`, password);
}

describe.each(manners)('$how', ({ javaScriptEnabled }) => {
  const newContext = () => browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });

  test('an invitation is made in the console, and its link makes an account', { timeout: 120_000 }, async () => {
    await start({});
    await provider.addUser({ groups: ['printing', 'staff'] });
    const admin = await openPage(await newContext());
    await signIn(admin, 'ada');
    await admin.goto(`${origin}/admin/invitations`);
    await look(admin, 'console-invitations-empty', javaScriptEnabled);
    await admin.click('text=Invite somebody');
    await admin.fill('#field-email', 'anna@example.com');
    await admin.getByText('staff', { exact: true }).click();
    await look(admin, 'console-invitation-new', javaScriptEnabled);
    await admin.click('#invitation-submit');
    await admin.waitForSelector('.qr-code svg');
    await look(admin, 'console-invitation', javaScriptEnabled);
    const link = (await admin.textContent('.copyable code')) ?? '';

    const person = await openPage(await newContext());
    await person.goto(link);
    await look(person, 'invitation', javaScriptEnabled);
    expect(await person.inputValue('#invitation-email')).toBe('anna@example.com');
    await fillIn(person, 'invitation', 'anna');
    await person.click('#invitation-submit');
    await person.waitForURL(`${origin}/`);
    expect(await findUserByLogin(provider.context, 'anna')).toMatchObject({ groups: ['staff'] });
    await person.goto(link);
    await look(person, 'invitation-dead', javaScriptEnabled);
    expect(await person.textContent('h1')).toBe('This invitation no longer works');
    expect(problems).toEqual([]);
  });

  test('who signs up waits until an administrator lets them in', { timeout: 120_000 }, async () => {
    await start({ CASTELLAN_SIGN_UP: 'approval' });
    const person = await openPage(await newContext());
    await person.goto(`${origin}/login`);
    await look(person, 'sign-in-with-sign-up', javaScriptEnabled);
    await person.click('#login-sign-up');
    await look(person, 'sign-up', javaScriptEnabled);
    await fillIn(person, 'sign-up', 'ada');
    await person.fill('#sign-up-email', 'anna@example.com');
    await person.click('#sign-up-submit');
    await person.waitForSelector('#error-message');
    await look(person, 'sign-up-problem', javaScriptEnabled);
    await fillIn(person, 'sign-up', 'anna');
    await person.click('#sign-up-submit');
    await person.waitForURL(`${origin}/sign-up/waiting`);
    await look(person, 'sign-up-waiting', javaScriptEnabled);

    const admin = await openPage(await newContext());
    await signIn(admin, 'ada');
    await admin.goto(`${origin}/admin`);
    await look(admin, 'console-overview-waiting', javaScriptEnabled);
    await admin.goto(`${origin}/admin/users?state=waiting`);
    await look(admin, 'console-users-waiting', javaScriptEnabled);
    await admin.click('button:has-text("Let in")');
    await admin.waitForSelector('.notice.good');
    await signIn(person, 'anna');
    await person.waitForURL(`${origin}/`);
    expect(problems).toEqual([]);
  });

  test('who signs up confirms the address with the code of the mail', { timeout: 120_000 }, async () => {
    await start({ CASTELLAN_SIGN_UP: 'open', ...mail });
    const person = await openPage(await newContext());
    await person.goto(`${origin}/sign-up`);
    await fillIn(person, 'sign-up', 'anna');
    await person.fill('#sign-up-email', 'anna@example.com');
    await person.click('#sign-up-submit');
    await person.waitForSelector('#sign-up-code');
    await look(person, 'sign-up-code', javaScriptEnabled);
    await expect.poll(() => listOutgoingMails(provider.context.database, { limit: 1 })).toHaveLength(1);
    const [written] = await listOutgoingMails(provider.context.database, { limit: 1 });
    const content = written && contentOf(provider.context, written);
    const elsewhere = await openPage(await newContext());
    await elsewhere.goto(content?.link ?? '');
    await look(elsewhere, 'sign-up-link', javaScriptEnabled);
    await person.fill('#sign-up-code', content?.code ?? '');
    await person.click('#sign-up-confirm');
    await person.waitForURL(`${origin}/`);
    expect(await findUserByLogin(provider.context, 'anna')).toMatchObject({ email_verified: true });
    expect(problems).toEqual([]);
  });

  test('a list is taken from a file or pasted, checked, and made', { timeout: 120_000 }, async () => {
    await start({});
    const admin = await openPage(await newContext());
    await signIn(admin, 'ada');
    await admin.goto(`${origin}/admin/invitations/import`);
    await look(admin, 'console-import', javaScriptEnabled);
    const list = 'email,name,groups\nanna@example.com,Anna,staff|printing\nbea@example.com,Bea,\n';
    const wrong = `${list}no,X,\n`;
    if (javaScriptEnabled) {
      const file = { name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) };
      await admin.setInputFiles('#list-file', file);
      await expect.poll(() => admin.inputValue('#field-list')).toContain('no,X');
    } else await admin.fill('#field-list', wrong);
    await admin.click('#import-check');
    await admin.waitForSelector('.notice.bad');
    await look(admin, 'console-import-problems', javaScriptEnabled);
    await admin.fill('#field-list', list);
    await admin.click('#import-check');
    await admin.click('#import-make');
    await admin.waitForURL(/\/lists\//);
    await look(admin, 'console-import-made', javaScriptEnabled);
    const [download] = await Promise.all([admin.waitForEvent('download'), admin.click('text=Download the links')]);
    expect(download.suggestedFilename()).toBe('invitations.csv');
    expect(problems).toEqual([]);
  });
});
