/** A single-page application with `oidc-client-ts` 3 in a real Chromium: everything that a page alone can do. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Installation, newInstallation } from '../support/castellan-process.ts';
import { password } from '../support/provider.ts';

/** The application. It is given what it is registered with in the query of its first page. */
const source = `
import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

const given = new URLSearchParams(location.search).get('settings');
if (given !== null) localStorage.setItem('settings', given);
const manager = new UserManager({
  ...JSON.parse(localStorage.getItem('settings')),
  redirect_uri: location.origin + '/callback',
  silent_redirect_uri: location.origin + '/silent',
  post_logout_redirect_uri: location.origin + '/signed-out',
  userStore: new WebStorageStateStore({ store: localStorage }),
  automaticSilentRenew: false,
  checkSessionIntervalInSeconds: 1,
  loadUserInfo: true,
});
const show = (id, value) => {
  document.getElementById(id).textContent = typeof value === 'string' ? value : JSON.stringify(value);
};
const act = (action) => action().catch((error) => show('problem', error.error ?? String(error)));
const onClick = (id, action) => document.getElementById(id).addEventListener('click', () => act(action));

if (location.pathname === '/silent') manager.signinCallback();
else {
  onClick('sign-in', () => manager.signinRedirect());
  onClick('renew', async () => show('user', await manager.signinSilent()));
  onClick('sign-out', () => manager.signoutRedirect({ state: 'remembered' }));
  manager.events.addUserSignedOut(() => show('noticed', 'signed out at the provider'));
  act(async () => {
    if (location.pathname === '/callback') {
      await manager.signinCallback();
      history.replaceState(undefined, '', '/');
    }
    if (location.pathname === '/signed-out') show('noticed', (await manager.signoutCallback()).userState);
    show('user', (await manager.getUser()) ?? 'nobody');
  });
}`;

const html = `<!doctype html><title>Application</title>
<button id="sign-in">Sign in</button><button id="renew">Renew</button><button id="sign-out">Sign out</button>
<pre id="user"></pre><p id="problem"></p><p id="noticed"></p>
<script type="module" src="/application.js"></script>`;

let browser: Browser;
let castellan: Installation;
let server: Server;
let origin: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  await serveApplication();
  castellan = await newInstallation();
  const words = ['user', 'add', '--username', 'ada', '--email', 'ada@example.com', '--name', 'Ada Example', '--admin'];
  const { status, stderr } = await castellan.run([...words, '--password-stdin'], { input: password });
  if (status !== 0) throw new Error(stderr);
  await castellan.start({ CASTELLAN_LOG_LEVEL: 'warn' });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
  await castellan?.remove();
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(() => context.close());

async function serveApplication(): Promise<void> {
  const stdin = { contents: source, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', platform: 'browser' });
  const script = outputFiles[0]?.text ?? '';
  server = createServer(({ url }, response) => {
    const isScript = url === '/application.js';
    response
      .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
      .end(isScript ? script : html);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
}

/** Registers the application as a public client, opens it, and signs in at the provider. */
async function signIn(scope: string, settings: Record<string, unknown> = {}): Promise<void> {
  const metadata = {
    client_name: 'Single-page application',
    redirect_uris: [`${origin}/callback`, `${origin}/silent`],
    post_logout_redirect_uris: [`${origin}/signed-out`],
    grant_types: ['authorization_code', ...(scope.includes('offline_access') ? ['refresh_token'] : [])],
    token_endpoint_auth_method: 'none',
    scope,
  };
  const { status, stdout, stderr } = await castellan.run(['client', 'add', '--metadata', JSON.stringify(metadata)]);
  if (status !== 0) throw new Error(stderr);
  const { client_id }: { client_id: string } = JSON.parse(stdout);
  const given = JSON.stringify({ authority: `${castellan.url}/oidc`, client_id, scope, ...settings });
  await page.goto(`${origin}/?settings=${encodeURIComponent(given)}`);
  await page.click('#sign-in');
  await page.fill('#login-username', 'ada');
  await page.fill('#login-password', password);
  await page.click('#login-submit');
  await page.click('#consent-allow');
  await page.waitForURL(`${origin}/`);
}

interface ShownUser {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** What the page shows of its user, once that differs from what it showed before. */
async function shownUser(before?: ShownUser): Promise<ShownUser> {
  const shown = page.locator('#user', { hasText: '"access_token":' });
  if (before !== undefined) await shown.filter({ hasNotText: before.access_token }).waitFor();
  return JSON.parse((await shown.textContent()) ?? '');
}

const onPage = (id: string, text: string) => page.locator(id, { hasText: text }).waitFor();

test('signs in with PKCE, reads userinfo across origins, renews with a refresh token and signs out by redirects', async () => {
  await signIn('openid profile email offline_access');
  const first = await shownUser();
  expect(first.profile).toMatchObject({ name: 'Ada Example', email: 'ada@example.com', sid: expect.any(String) });

  await page.click('#renew');
  const renewed = await shownUser(first);
  expect(renewed.profile).toMatchObject({ sub: first.profile.sub, sid: first.profile.sid, name: 'Ada Example' });
  expect(renewed.refresh_token).not.toBe(first.refresh_token);

  await page.click('#sign-out');
  await page.waitForURL((url) => url.href.startsWith(`${origin}/signed-out?state=`));
  await onPage('#noticed', 'remembered');
  await onPage('#user', 'nobody');
  await page.goto(castellan.url);
  expect(await page.textContent('h1')).toBe('Sign in');
});

test('without a refresh token renews in a hidden frame, until the person has signed out elsewhere', async () => {
  await signIn('openid profile');
  const first = await shownUser();
  expect(first.refresh_token).toBeUndefined();
  await page.click('#renew');
  const renewed = await shownUser(first);
  expect(renewed.profile).toMatchObject({ sub: first.profile.sub, sid: first.profile.sid });

  await signOutElsewhere();
  await page.click('#renew');
  await onPage('#problem', 'login_required');
});

test('watching the session in the check session iframe notices when it has ended', async () => {
  await signIn('openid profile', { monitorSession: true });
  await shownUser();
  await signOutElsewhere();
  await onPage('#noticed', 'signed out at the provider');
});

/** Signs out on a page of the provider in another tab. */
async function signOutElsewhere(): Promise<void> {
  const other = await context.newPage();
  await other.goto(`${castellan.url}/oidc/oauth2/logout`);
  await other.click('form button[type="submit"]');
  await other.waitForSelector('text=You are signed out');
  await other.close();
}
