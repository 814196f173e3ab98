/** Every page that people see, each held to the same: small, quiet, ours alone, and readable by everybody. */
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems, accessibilityProblemsByDay, contrastProblems } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { evil } from '../support/console.ts';
import { forcedColourProblems, layoutProblems, spacingProblems, strengthProblems } from '../support/page-layout.ts';
import { walkPages } from '../support/page-walk.ts';
import { stumblingBlocks } from '../support/stumbling-blocks.ts';

/** With style and script, as they are before they are compressed; pictures of people and applications apart. */
const largestPage = 60 * 1024;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

const long = `${evil}${'w'.repeat(60)}`;

/** The routes that answer GET at which the walk looks at nothing, and why. */
const notLookedAt: readonly (readonly [why: string, pattern: RegExp])[] = [
  ['the console and the playground have walks of their own', /^\/(admin|playground)\b/],
  [
    'for programs',
    /^\/(healthz|readyz|\.well-known\/.*|oidc\/\.well-known\/.*|oidc\/userinfo|oidc\/register\/:client_id)$/,
  ],
  ['stands in a frame of applications, and shows nothing', /^\/oidc\/check-session(\/origin)?$/],
  ['files', /^\/(assets|brand)\/:file$/],
  ['pictures', /^\/(picture\/:picture_id|brand-image\/:image_id|client-logo\/:client_id|device\/qr\.svg)$/],
  ['leads on at once, or to an error page', /^\/login\/(step-up|with\/:provider(\/callback)?)$/],
];

test('no page for people is large, moves, runs what others wrote, or shuts anybody out', {
  timeout: 600_000,
}, async () => {
  const problems: string[] = [];
  const seen: string[] = [];
  const loaded: Loaded = new Map();
  const documents: Documents = new WeakMap();
  const plain = await openPlain(browser, documents);
  const unseen = await walkPages({
    browser,
    // Also longer than a line, with no place to break it.
    names: { person: long, application: long, provider: evil, house: evil },
    watch(page) {
      page.on('console', (message) => {
        // A refused password and a page that is not there are answers of ours.
        if (!/^Failed to load resource|^Autofocus processing/.test(message.text()))
          problems.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
      page.on('dialog', (dialog) => problems.push(`${page.url()} opens a dialog: ${dialog.message()}`));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (
          !/^http:\/\/(localhost|127\.0\.0\.1):\d+$/.test(origin) &&
          protocol !== 'data:' &&
          !request.isNavigationRequest()
        )
          problems.push(`${page.url()} asks for ${request.url()}`);
      });
      page.on('response', (response) => {
        loaded.set(response.url(), weightOfFile(response));
        if (response.request().isNavigationRequest() && response.frame() === page.mainFrame())
          documents.set(
            page,
            response.text().catch(() => ''),
          );
      });
    },
    async look(name, page) {
      seen.push(name);
      const own: string[] = [];
      const shift = await layoutShift(page);
      if (shift > 0) own.push(`moves by ${shift}`);
      const weight = await weightOf(page, loaded);
      if (weight > largestPage) own.push(`weighs ${weight}`);
      own.push(...(await stumblingBlocks(page)));
      own.push(...(await accessibilityProblems(page)), ...(await contrastProblems(page)));
      own.push(...(await forcedColourProblems(page)), ...(await layoutProblems(page)));
      own.push(...(await strengthProblems(page)), ...(await logoProblems(page, name)));
      own.push(...(await plain.problemsOf(page)).map((problem) => `without scripts: ${problem}`));
      problems.push(...own.map((problem) => `${name}: ${problem}`));
    },
  });
  await plain.context.close();
  expect(unseen.filter((path) => !notLookedAt.some(([, pattern]) => pattern.test(path)))).toEqual([]);
  expect(problems).toEqual([]);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(50);
});

/** How many bytes came from an address, pictures that somebody sent apart. */
type Loaded = Map<string, Promise<number>>;

async function weightOfFile(response: Response): Promise<number> {
  if (!/^(text|image\/svg)/.test(response.headers()['content-type'] ?? '')) return 0;
  // The body of a redirect cannot be had, and is none.
  return (await response.body().catch(() => Buffer.alloc(0))).length;
}

/** The page itself, and every stylesheet, script and drawing that it names. */
async function weightOf(page: Page, loaded: Loaded): Promise<number> {
  const files = await page.evaluate<string[]>('performance.getEntriesByType("resource").map(({ name }) => name)');
  const weights = await Promise.all(files.map((url) => loaded.get(url) ?? 0));
  // A page without its stylesheet was not looked at as people see it.
  if (!files.some((url, index) => url.includes('/style.') && (weights[index] ?? 0) > 10_000))
    return Number.POSITIVE_INFINITY;
  return weights.reduce((sum, weight) => sum + weight, Buffer.byteLength(await page.content()));
}

/** How far what was already there has moved since (Cumulative Layout Shift). */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    const add = (list) => { for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value; };
    new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 50);
  })`);
}

/** By night the logo for the night, where the house has one. */
async function logoProblems(page: Page, name: string): Promise<string[]> {
  if (name !== 'sign-in-branded') return [];
  const shown = () => page.evaluate<string>('document.querySelector(".brand img").currentSrc');
  const byDay = await shown();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page
    .waitForFunction(`document.querySelector('.brand img').currentSrc !== '${byDay}'`, undefined, {
      timeout: 5000,
    })
    .catch(() => undefined);
  const byNight = await shown();
  await page.emulateMedia({ colorScheme: 'light' });
  return byDay === byNight ? ['has the same logo by night'] : [];
}

/** What the server sent last into a window. */
type Documents = WeakMap<Page, Promise<string>>;

/** A window that shows pages as they are where no script runs; axe is one, so that only ours are left out. */
async function openPlain(
  from: Browser,
  documents: Documents,
): Promise<{ readonly context: BrowserContext; problemsOf(page: Page): Promise<string[]> }> {
  const context = await from.newContext({ locale: 'en', viewport: { width: 1280, height: 800 } });
  const window = await context.newPage();
  let body = '';
  await window.route('**/*', async (route) => {
    if (route.request().resourceType() === 'document') return route.fulfill({ body, contentType: 'text/html' });
    if (route.request().resourceType() !== 'stylesheet') return route.continue();
    const response = await route.fetch();
    // What a browser without scripts heeds.
    return route.fulfill({ response, body: (await response.text()).replaceAll('(scripting: none)', 'all') });
  });
  return {
    context,
    async problemsOf(page) {
      body = ((await documents.get(page)) ?? '').replace(/<script[^>]*><\/script>/g, '') ?? '';
      await window.goto(page.url());
      return [...(await accessibilityProblemsByDay(window)), ...(await spacingProblems(window))];
    },
  };
}
