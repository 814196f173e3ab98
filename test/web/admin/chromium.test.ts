import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addInitialAccessToken } from '../../../src/protocol/client-registration/initial-access-tokens.ts';
import { addIdentityProvider } from '../../../src/protocol/identity-providers/registered-providers.ts';
import { newResourceSchema, registerResource } from '../../../src/protocol/resources.ts';
import { diagnosisUrl } from '../../../src/web/ui/diagnosis.ts';
import { accessibilityProblems } from '../../support/accessibility.ts';
import { launchBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/castellan-process.ts';
import { type Console, evil, startConsole } from '../../support/console.ts';
import { password } from '../../support/provider.ts';
import { addAuthenticatorRow, addPasskeyRow, addRecoveryCodes, connect } from '../../support/ways-in.ts';

let browser: Browser;
let page: Page;
let console: Console;
let origin: string;
const complaints: string[] = [];

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  console = await startConsole({ settings: { CASTELLAN_PUBLIC_URL: origin } });
  await console.app.listen({ host: '127.0.0.1', port });
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on('console', (message) => complaints.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('dialog', (dialog) => complaints.push(`${page.url()}: ${dialog.message()}`));
  await page.goto(`${origin}/admin`);
  await page.fill('#login-username', 'ada');
  await page.fill('#login-password', password);
  await page.click('#login-submit');
  await page.waitForURL(`${origin}/admin`);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await console?.close();
});

test('every page of the console is readable by everybody, fits a phone, and runs nothing of others', {
  timeout: 180_000,
}, async () => {
  const { context, administrator } = console;
  const client = await console.register({
    client_name: evil,
    redirect_uris: [`https://app.example/${'very-long-'.repeat(30)}`],
  });
  const user = await console.addUser({ username: 'grace', email: 'grace@example.com', claims: { name: evil } });
  await context.signingKeys.jwks();
  const api = { identifier: `https://api.example/${'very-long-'.repeat(40)}`, scope: 'wiki.read wiki.write'.repeat(9) };
  const settings = newResourceSchema.parse({ ...api, name: evil, client_id: client.client_id, open: true });
  await registerResource(context, settings, { id: administrator.id });
  const provider = {
    kind: 'openid-connect',
    label: evil.repeat(2),
    issuer: origin,
    client_id: 'very-long-'.repeat(29),
  };
  const given = { name: 'corp', settings: provider, client_secret: 'a secret' };
  await addIdentityProvider(context, given, { id: administrator.id });
  for (const give of [addPasskeyRow, addAuthenticatorRow, addRecoveryCodes]) await give(console, user);
  await addPasskeyRow(console, user, 'a-former-host-with-a-long-name.example');
  await connect(console, user, 'corp');
  const redirect_uri = 'https://App.example:8443/callback/';
  const received = { at: context.now(), request_id: 'reference', client_id: client.client_id, redirect_uri };
  const { id } = await addInitialAccessToken(context, { uses: 9, seconds: 60 }, { id: administrator.id });
  const clientUrl = `/admin/clients/${client.client_id}`;
  const userUrl = `/admin/users/${user.id}`;
  const paths = [
    ...[
      '/admin',
      '/admin/clients',
      '/admin/clients?search=nothing',
      '/admin/clients/new',
      '/admin/clients/new?kind=native',
    ],
    ...['', '/settings', '/secrets', '/appearance', '/appearance/reset', '/remove'].map(
      (path) => `${clientUrl}${path}`,
    ),
    ...['/admin/users', '/admin/users/new', userUrl],
    ...['', '/password', '/second-factors', '/administrator', '/remove'].map((path) => `${userUrl}/access${path}`),
    `/admin/users/${administrator.id}/access`,
    ...[
      '',
      '/new',
      ...['/edit', '/remove'].map((act) => `${act}?${new URLSearchParams({ identifier: api.identifier })}`),
    ].map((path) => `/admin/resources${path}`),
    ...['', '/new', '/new?kind=microsoft', '/corp', '/corp/test', '/corp/disable', '/corp/remove'].map(
      (path) => `/admin/identity-providers${path}`,
    ),
    ...['', `/${id}/remove`].map((path) => `/admin/registration-tokens${path}`),
    ...[
      '/admin/keys',
      '/admin/keys/rotate',
      '/admin/audit',
      '/admin/sign-outs',
      '/admin/appearance',
      diagnosisUrl(context, received),
    ],
  ];
  const problems: string[] = [];
  for (const path of paths) {
    await page.setViewportSize({ width: 1280, height: 800 });
    const answer = await page.goto(`${origin}${path}`);
    expect([path, answer?.status()]).toEqual([path, 200]);
    // What is folded away is looked at too.
    for (const summary of await page.locator('main details > summary').all()) await summary.click();
    problems.push(...(await accessibilityProblems(page)));
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    if (overflow !== 0) problems.push(`${path} is ${overflow} pixels wider than a phone`);
  }
  expect(problems).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a secret is copied with one button, and times are told in the time zone of the reader', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const { client_id } = await console.register();
  await page.goto(`${origin}/admin/clients/${client_id}/secrets`);
  await page.click('#secret-submit');
  const secret = await page.textContent('.notice code');
  await page.click('.notice button');
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
  const time = page.locator('tbody time').first();
  expect(await time.getAttribute('title')).toMatch(/ UTC$/);
  expect(await time.textContent()).not.toContain('UTC');
});

test('the sample of a brand follows what is typed, by day and by night, and says where a colour was adjusted', async () => {
  await page.goto(`${origin}/admin/appearance`);
  const fillOf = (scheme: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('.sample.${scheme} .button')).backgroundColor`);
  await page.fill('#field-name', evil);
  await page.fill('#field-accent', '#ffcc00');
  await expect.poll(() => fillOf('dark')).toBe('rgb(255, 204, 0)');
  expect(await fillOf('light')).toBe('rgb(255, 204, 0)');
  expect(await page.textContent('.sample.light')).toContain(evil);
  await page.fill('#field-note', evil);
  await page.click('#appearance-submit');
  expect(await page.textContent('main')).toContain('So that text stays readable, by day links have');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto(`${origin}/admin/appearance/reset`);
  await page.click('#confirm');
  expect(complaints).toEqual([]);
});
