/** What people see: the road from the setup link to decoded tokens, in a real Chromium against a real server. */
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser, takeScreenshots } from '../support/browser.ts';
import { freePort, type Installation, newInstallation } from '../support/castellan-process.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { manners } from '../support/journey.ts';
import { password } from '../support/provider.ts';

/** Where pictures of every page go, when they are asked for. */
const screenshots = process.env.CASTELLAN_SCREENSHOTS;

let browser: Browser;
let inspector: Page | undefined;
let castellan: Installation;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());
afterEach(() => castellan?.remove());

/** Opens a page whose complaints, such as a script that was blocked, fail the test. */
async function openPage(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    // Chromium says so whenever a field has the focus before autofocus gives it the same.
    if (!message.text().startsWith('Autofocus processing was blocked'))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { page, complaints };
}

describe.each(manners)('$how', ({ how, javaScriptEnabled }) => {
  test('from the setup link to the console, a client, the playground’s tokens and out again', {
    timeout: 120_000,
  }, async () => {
    castellan = await newInstallation();
    const server = await castellan.start();
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });
    const { page, complaints } = await openPage(context);
    const problems: string[] = [];
    const look = async (name: string) => {
      problems.push(...(await accessibilityProblems(javaScriptEnabled ? page : await copyOf(page))));
      if (screenshots !== undefined) await picture(page, how, name);
    };

    await page.goto(/^Make the administrator +(\S+)$/m.exec(server.stdout())?.[1] ?? 'there is no link');
    await look('1-setup');
    await createAdministrator(page);
    await look('2-console');
    await registerClient(page, look);
    await walkThePlayground(page, look, javaScriptEnabled);
    await page.goto(castellan.url);
    expect(await page.textContent('h1')).toBe('Sign in');
    await look('13-sign-in');

    expect(problems).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** The page as it is without scripts, where axe can run: it is one itself. */
async function copyOf(page: Page): Promise<Page> {
  inspector ??= await browser.newPage();
  const body = (await page.content()).replace(/<script[^>]*><\/script>/g, '');
  await inspector.unroute('**/*');
  await inspector.route('**/*', (route) =>
    route.request().resourceType() === 'document'
      ? route.fulfill({ body, contentType: 'text/html' })
      : route.continue(),
  );
  await inspector.goto(page.url());
  return inspector;
}

type Look = (name: string) => Promise<void>;

async function picture(page: Page, how: string, name: string): Promise<void> {
  const folder = join(screenshots ?? '', how.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  await takeScreenshots(page, join(folder, name));
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function createAdministrator(page: Page): Promise<void> {
  await page.fill('#setup-username', 'ada');
  await page.fill('#setup-email', 'ada@example.com');
  await page.fill('#setup-name', 'Ada Example');
  await page.fill('#setup-password', password);
  await page.click('#setup-submit');
  await page.waitForURL(`${castellan.url}/admin`);
}

/** By the ways that the console shows, from its menu to the secret. */
async function registerClient(page: Page, look: Look): Promise<void> {
  await page.click('nav[aria-label="Console"] >> text=Applications');
  await look('3-applications');
  await page.click('a[href="/admin/clients/new"] >> nth=0');
  await look('4-kinds');
  await page.click('text=Web application');
  await page.fill('#field-client_name', 'Wiki');
  await page.fill('#field-redirect_uris', 'https://wiki.example/callback');
  await look('5-client-form');
  await page.click('#client-submit');
  await page.waitForURL(/\/admin\/clients\/(?!new)[\w-]+/);
  expect(await page.textContent('main')).toContain('Copy its secret now');
  await look('6-client');
}

async function walkThePlayground(page: Page, look: Look, javaScriptEnabled: boolean): Promise<void> {
  await page.goto(`${castellan.url}/playground`);
  await page.press('[name="scope:offline_access"]', 'Space');
  await page.selectOption('#field-response_mode', 'form_post');
  await look('7-playground');
  await page.click('#playground-start-submit');
  expect(await page.textContent('h1')).toBe('Allow Castellan Playground?');
  await look('8-consent');
  await page.click('#consent-allow');
  if (!javaScriptEnabled) {
    await look('9-form-post');
    await page.click('text=Continue');
  }
  await page.waitForURL(/\/playground\/answer/);
  expect(await page.textContent('h1')).toBe('A code has come back');
  await look('9-answer');
  await page.click('#playground-redeem');
  expect(await page.textContent('h1')).toBe('Tokens');
  expect(await page.locator('text=all 6 checks passed').count()).toBe(2);
  expect(await page.textContent('main')).toContain(`"iss": "${castellan.url}/oidc"`);
  for (const summary of await page.locator('details.disclosure > summary').all())
    if (await summary.isVisible()) await summary.click();
  await look('10-tokens');
  await page.click('#playground-refresh');
  expect(await page.textContent('h1')).toBe('Refreshed tokens');
  await page.click('#playground-userinfo');
  expect(await page.textContent('main')).toContain('"email": "ada@example.com"');
  await look('11-userinfo');
  await page.click('#playground-sign-out');
  expect(await page.textContent('h1')).toBe('You are signed out');
  await look('12-signed-out');
}

describe('an application of another site', () => {
  let application: Application;
  let context: BrowserContext;

  beforeAll(async () => {
    application = await startApplication();
  });
  afterAll(() => application.close());

  /** A server with somebody to sign in and the application registered. */
  async function begin(response_mode: string): Promise<{ page: Page; url: string; complaints: string[] }> {
    castellan = await newInstallation();
    const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--admin', '--password-stdin'];
    await castellan.run(words, { input: password });
    const metadata = { client_name: 'Wiki', redirect_uris: [application.redirect_uri] };
    const { stdout } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
    await castellan.start();
    const { redirect_uri } = application;
    const path = authorizationUrl(JSON.parse(stdout), { redirect_uri, response_mode });
    context = await browser.newContext();
    return { ...(await openPage(context)), url: `${castellan.url}${path}` };
  }
  afterEach(() => context?.close());

  async function signInAndAllow(page: Page): Promise<void> {
    await page.fill('#login-username', 'ada');
    await page.fill('#login-password', password);
    await page.click('#login-submit');
    await page.click('#consent-allow');
  }

  test.each(['query', 'form_post'])(
    'gets its answer with %s, and may lead the browser on from there',
    async (response_mode) => {
      const { page, url, complaints } = await begin(response_mode);
      await page.goto(application.origin);
      await page.evaluate(`location.href = ${JSON.stringify(url)}`);
      await signInAndAllow(page);
      await page.waitForURL(`${application.origin}/home`);
      expect(application.answers.at(-1)).toMatchObject({
        method: response_mode === 'query' ? 'GET' : 'POST',
        parameters: { state: 'the-state', iss: `${castellan.url}/oidc`, code: expect.stringMatching(/^[\w-]{64}$/) },
      });
      expect(complaints).toEqual([]);
    },
  );

  test.each(['query', 'form_post'])('gets it with %s in a popup that it opened', async (response_mode) => {
    const { page, url, complaints } = await begin(response_mode);
    await page.goto(application.origin);
    const opened = page.waitForEvent('popup');
    await page.evaluate(`onmessage = ({ data }) => { document.title = data }; open(${JSON.stringify(url)}); undefined`);
    await signInAndAllow(await opened);
    await page.waitForFunction('document.title === "signed in"');
    expect(complaints).toEqual([]);
  });

  test('is told when the person cancels, from the sign-in page already', async () => {
    const { page, url } = await begin('query');
    await page.goto(url);
    await page.click('#login-cancel');
    await page.waitForURL(`${application.origin}/home`);
    expect(application.answers.at(-1)?.parameters).toMatchObject({ error: 'access_denied', state: 'the-state' });
  });
});

interface Application {
  readonly origin: string;
  readonly redirect_uri: string;
  /** What came to its redirect URI. */
  readonly answers: { readonly method: string; readonly parameters: Record<string, string> }[];
  close(): void;
}

/** A relying party of another site: the browser calls us localhost, and it 127.0.0.1. */
async function startApplication(): Promise<Application> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const answers: Application['answers'] = [];
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', origin);
    let body = '';
    for await (const chunk of request) body += chunk;
    if (url.pathname !== '/callback') {
      const script = url.pathname === '/home' ? '<script>opener?.postMessage("signed in", "*")</script>' : '';
      response.setHeader('content-type', 'text/html').end(`<!doctype html><link rel="icon" href="data:,">${script}`);
      return;
    }
    const parameters = request.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    answers.push({ method: request.method ?? '', parameters: Object.fromEntries(parameters) });
    response.writeHead(303, { location: '/home' }).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin,
    redirect_uri: `${origin}/callback`,
    answers,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
