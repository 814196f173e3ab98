/** Every page that people see, each held to the same: small, quiet, ours alone, and readable by everybody. */
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { evil } from '../support/console.ts';
import { walkPages } from '../support/page-walk.ts';

/** With style and script, as they are before they are compressed; pictures of people and applications apart. */
const largestPage = 60 * 1024;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

test('no page for people is large, moves, runs what others wrote, or shuts anybody out', {
  timeout: 300_000,
}, async () => {
  const problems: string[] = [];
  const seen: string[] = [];
  const loaded: Loaded = new Map();
  await walkPages({
    browser,
    names: { person: evil, application: evil, provider: evil, house: evil },
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
      page.on('response', (response) => loaded.set(response.url(), weightOfFile(response)));
    },
    async look(name, page) {
      seen.push(name);
      const shift = await layoutShift(page);
      if (shift > 0.01) problems.push(`${name} moves by ${shift}`);
      const weight = await weightOf(page, loaded);
      if (weight > largestPage) problems.push(`${name} weighs ${weight}`);
      problems.push(...(await accessibilityProblems(page)).map((problem) => `${name}: ${problem}`));
      problems.push(...(await layoutProblems(page)).map((problem) => `${name}: ${problem}`));
    },
  });
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

/** What reaches out of the window on a phone, at 200 % zoom, and what is less than 44 pixels high, for fingers. */
async function layoutProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const width of [360, 640, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (overflow > 0) problems.push(`is ${overflow} pixels wider than a window of ${width}`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const small = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('main :is(button, .button, select, input:not([type=hidden], [type=checkbox], [type=radio]))')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1 && one.getBoundingClientRect().height < 43)
    .map((one) => one.outerHTML.slice(0, 120) + ' is ' + one.getBoundingClientRect().height + ' high')`);
  await page.setViewportSize({ width: 1280, height: 800 });
  return [...problems, ...small];
}
