/**
 * A flow that was begun in one tab survives reload, the back button, a second tab and a restart of the server: walked in a
 * real Chromium, with a real server that is stopped and started on the way, for real applications of another site.
 */
import { createServer } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Installation, newInstallation, type RunningServer } from '../support/castellan-process.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { password } from '../support/provider.ts';
import { codeAt } from '../support/second-factor.ts';

/** An application of another site, and what came to its redirect URI. */
interface Application {
  readonly origin: string;
  readonly answers: URLSearchParams[];
  close(): void;
}

let browser: Browser;
let wiki: Application;
let shop: Application;
let castellan: Installation;
let server: RunningServer;
let context: BrowserContext;
let clients: { readonly wiki: string; readonly shop: string };
/** Bob's; each works once. */
let recoveryCodes: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  [wiki, shop] = [await startApplication(), await startApplication()];
  castellan = await newInstallation();
  const add = async (username: string) => {
    const words = ['user', 'add', '--username', username, '--email', `${username}@example.com`, '--password-stdin'];
    await castellan.run(words, { input: password });
  };
  for (const name of ['ada', 'bob']) await add(name);
  const register = async (client_name: string, { origin }: Application) => {
    const metadata = { client_name, redirect_uris: [`${origin}/callback`], optional_scope: 'email' };
    const { stdout } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
    return String(JSON.parse(stdout).client_id);
  };
  clients = { wiki: await register('Wiki', wiki), shop: await register('Shop', shop) };
  server = await castellan.start();
  recoveryCodes = await setUpAuthenticator('bob');
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await castellan?.remove();
  wiki?.close();
  shop?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en' });
  wiki.answers.length = 0;
  shop.answers.length = 0;
});
afterEach(() => context.close());

/** What happens to somebody on a page; the way goes on in the window that it resolves with. */
type Accident = (page: Page) => Promise<Page>;

const restart = async (): Promise<void> => {
  await server.stop();
  server = await castellan.start();
};

const accidents: Readonly<Record<string, Accident>> = {
  'reloads each page': async (page) => {
    await page.reload();
    return page;
  },
  'goes back and forward at each page': async (page) => {
    const heading = await headingOf(page);
    await page.goBack();
    await page.goForward();
    expect(await headingOf(page)).toBe(heading);
    return page;
  },
  'opens each page in a second tab, and goes on there': async (page) => {
    const second = await context.newPage();
    await second.goto(page.url());
    return second;
  },
  'finds the server restarted at each page': async (page) => {
    await restart();
    return page;
  },
};

/** A page of the way: how it is known, what is filled in, what is pressed, and how its form is refused. */
interface Stop {
  readonly heading: string;
  readonly button: string;
  fill?(page: Page): Promise<void>;
  spoil?(page: Page): Promise<void>;
}

const signingIn = (username: string): Stop => ({
  heading: 'Sign in',
  button: '#login-submit',
  fill: (page) => fillIn(page, username, password),
  spoil: (page) => fillIn(page, username, 'wrong'),
});
const secondStep: Stop = {
  heading: 'One more step',
  button: '#login-submit',
  async fill(page) {
    const other = page.locator('#login-use-recovery-codes');
    if ((await other.count()) > 0) await go(page, () => other.click());
    await page.fill('#login-code', recoveryCodes.pop() ?? '');
    await page.press('#login-trust', 'Space');
  },
  spoil: (page) => page.fill('#login-code', '000000'),
};
const consenting: Stop = { heading: 'Allow Wiki?', button: '#consent-allow' };

async function pass(page: Page, { fill, button }: Stop): Promise<void> {
  await fill?.(page);
  await go(page, () => page.click(button));
}

async function beRefused(page: Page, { spoil, button }: Stop): Promise<void> {
  await spoil?.(page);
  await go(page, () => page.click(button));
  expect(await page.locator('#error-message').count()).toBe(1);
}

const ways: Readonly<Record<string, readonly Stop[]>> = {
  'a password': [signingIn('ada'), consenting],
  'a password and a second step': [signingIn('bob'), secondStep, consenting],
};

describe.each(Object.entries(ways))('with %s', (_way, stops) => {
  test.each(Object.entries(accidents))(
    'who %s comes to the application once',
    { timeout: 120_000 },
    async (_what, accident) => {
      let page = await begin(clients.wiki, wiki);
      for (const stop of stops) {
        page = await accident(page);
        expect(await headingOf(page)).toBe(stop.heading);
        await pass(page, stop);
      }
      expect(page.url()).toBe(`${wiki.origin}/home`);
      expect(codesOf(wiki)).toHaveLength(1);
      // All the tabs that were left send their forms, too.
      for (const left of context.pages()) if (left !== page) await sendWhatIsThere(left);
      // And somebody goes back from the application through all that was.
      for (let back = 0; back < 8 && (await page.goBack()) !== null; back++) await expectCalm(page);
      expect(codesOf(wiki)).toHaveLength(1);
    },
  );

  test('whose form was refused reloads the refusal, goes on, and goes back over it', { timeout: 120_000 }, async () => {
    const page = await begin(clients.wiki, wiki);
    for (const stop of stops) {
      if (stop.spoil) {
        await beRefused(page, stop);
        await page.reload();
        expect(await headingOf(page)).toBe(stop.heading);
        await beRefused(page, stop);
      }
      await pass(page, stop);
    }
    expect(codesOf(wiki)).toHaveLength(1);
    for (let back = 0; back < 12 && (await page.goBack()) !== null; back++) await expectCalm(page);
    expect(codesOf(wiki)).toHaveLength(1);
  });

  test('who clicks twice comes to the application once', { timeout: 120_000 }, async () => {
    const page = await begin(clients.wiki, wiki);
    for (const { heading, fill, button } of stops) {
      expect(await headingOf(page)).toBe(heading);
      await fill?.(page);
      await go(page, () => page.dblclick(button));
    }
    expect(page.url()).toBe(`${wiki.origin}/home`);
    expect(codesOf(wiki)).toHaveLength(1);
  });
});

test('the flows of two applications in two tabs do not mix', { timeout: 120_000 }, async () => {
  const [first, second] = [await begin(clients.wiki, wiki), await begin(clients.shop, shop)];
  await signIn(second, 'ada');
  await signIn(first, 'ada');
  expect([await headingOf(first), await headingOf(second)]).toEqual(['Allow Wiki?', 'Allow Shop?']);
  await restart();
  await go(second, () => second.click('#consent-deny'));
  await go(first, () => first.click('#consent-allow'));
  expect([first.url(), second.url()]).toEqual([`${wiki.origin}/home`, `${shop.origin}/home`]);
  expect([codesOf(wiki).length, codesOf(shop).length]).toEqual([1, 0]);
  expect(shop.answers.map((answer) => answer.get('error'))).toEqual(['access_denied']);
});

test('whoever signed out in another tab while a question stood there signs in, and is asked again', {
  timeout: 120_000,
}, async () => {
  const page = await begin(clients.wiki, wiki);
  await signIn(page, 'ada');
  const other = await context.newPage();
  await other.goto(`${castellan.url}/`);
  await other.evaluate(`document.querySelector('form[action="/logout"]').submit()`);
  await other.waitForURL(/signed-out/);
  await go(page, () => page.click('#consent-allow'));
  expect(await headingOf(page)).toBe('Sign in');
  await signIn(page, 'ada');
  await go(page, () => page.click('#consent-allow'));
  expect(codesOf(wiki)).toHaveLength(1);
});

test('whoever opens the page of a finished sign-in finds the way back to the application', {
  timeout: 120_000,
}, async () => {
  const page = await begin(clients.wiki, wiki);
  const address = page.url();
  await signIn(page, 'ada');
  await go(page, () => page.click('#consent-allow'));
  await page.goto(address);
  expect(await headingOf(page)).toBe('Already done');
  await page.click('text=Back to Wiki');
  expect(page.url()).toBe(`${wiki.origin}/`);
});

/** A new tab in which an application has sent somebody here. */
async function begin(client_id: string, { origin }: Application): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  const path = authorizationUrl(
    { client_id },
    { redirect_uri: `${origin}/callback`, scope: 'openid profile email', prompt: 'consent' },
  );
  await page.goto(`${castellan.url}${path}`);
  return page;
}

const headingOf = async (page: Page): Promise<string> => ((await page.textContent('h1')) ?? '').trim();
const codesOf = ({ answers }: Application) => answers.filter((answer) => answer.has('code'));

/** Does something that leads to another page, and waits for that. */
async function go(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

async function fillIn(page: Page, username: string, secret: string): Promise<void> {
  await page.fill('#login-username', username);
  await page.fill('#login-password', secret);
}

const signIn = (page: Page, username: string): Promise<void> => pass(page, signingIn(username));

/** Presses the first button of a page that was left. */
async function sendWhatIsThere(page: Page): Promise<void> {
  const heading = await headingOf(page);
  if (heading === 'Sign in') await signIn(page, 'ada');
  else if (heading === 'Allow Wiki?') await pass(page, consenting);
  else if (heading === 'One more step') {
    await page.fill('#login-code', '000000');
    await go(page, () => page.click('#login-submit'));
  }
  await expectCalm(page);
}

/** A page of the application or of ours, which has a heading and a way on; none of the browser's own. */
async function expectCalm(page: Page): Promise<void> {
  if (page.url() === 'about:blank') return;
  expect(page.url()).toMatch(/^http/);
  if (page.url().startsWith(wiki.origin)) return;
  expect(await headingOf(page)).toMatch(/^(Sign in|One more step|Allow Wiki\?|Already done)$/);
  expect(await page.locator('main a[href], main button[type=submit]').count()).toBeGreaterThan(0);
}

/** Sets an authenticator app up, and resolves with the recovery codes that come with it. */
async function setUpAuthenticator(username: string): Promise<string[]> {
  const own = await browser.newContext({ locale: 'en' });
  const page = await own.newPage();
  await page.goto(`${castellan.url}/account/security/authenticator`);
  await signIn(page, username);
  const secret = ((await page.textContent('#account-secret')) ?? '').replaceAll(' ', '');
  await page.fill('#account-code', codeAt(secret, Math.floor(Date.now() / 1000)));
  await go(page, () => page.press('#account-code', 'Enter'));
  const codes = await page.locator('#account-codes code').allTextContents();
  await own.close();
  return codes;
}

/** A relying party of another site: the browser calls us localhost, and it 127.0.0.1. */
async function startApplication(): Promise<Application> {
  const answers: URLSearchParams[] = [];
  const site = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://application.example');
    if (pathname !== '/callback')
      return response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,">');
    answers.push(searchParams);
    return response.writeHead(303, { location: '/home' }).end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  if (typeof address !== 'object' || !address) throw new Error('the application has no address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    answers,
    close() {
      site.closeAllConnections();
      site.close();
    },
  };
}
