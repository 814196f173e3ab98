import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { takeScreenshots } from './browser.ts';
import { freePort } from './castellan-process.ts';
import { type Provider, password, startProvider } from './provider.ts';
import { stumblingBlocks } from './stumbling-blocks.ts';

/** Where pictures of every page go, when they are asked for. */
const screenshots = process.env.CASTELLAN_SCREENSHOTS;

/** Each journey is walked twice: whatever needs no passkey needs no script. */
export const manners = [
  { how: 'with scripts', javaScriptEnabled: true },
  { how: 'without scripts', javaScriptEnabled: false },
] as const;

/** A provider that browsers reach, and the windows in which people walk through it. */
export interface Journey {
  readonly provider: Provider;
  /** Its address, and that of a page of it. */
  url(path?: string): string;
  /** A window of a browser that knows nothing of what was before. */
  newWindow(options?: BrowserContextOptions): Promise<Page>;
  /** Notes what somebody would stumble over on this page, and takes pictures of it where they are asked for. */
  look(page: Page, name: string): Promise<void>;
  /** What went wrong on the way: what `look` noted, and what the browser complained of. */
  readonly problems: string[];
}

/** Begins a journey, which ends with the test. */
export async function beginJourney(
  browser: Browser,
  options: { readonly name: string; readonly javaScriptEnabled: boolean; readonly settings?: Record<string, string> },
): Promise<Journey> {
  const { name: journey, javaScriptEnabled, settings } = options;
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const provider = await startProvider({
    settings: { CASTELLAN_PUBLIC_URL: publicUrl, CASTELLAN_OUTBOUND_ALLOW: '127.0.0.1', ...settings },
  });
  onTestFinished(() => provider.close());
  await provider.app.listen({ host: '127.0.0.1', port });
  const problems: string[] = [];
  return {
    provider,
    url: (path = '/') => `${publicUrl}${path}`,
    async newWindow(more = {}) {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ javaScriptEnabled, viewport, locale: 'en', ...more });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        // A refused form is an answer of ours, and Chromium tells of a field that has the focus already.
        if (!/^Failed to load resource|^Autofocus processing/.test(message.text()))
          problems.push(`${page.url()}: ${message.text()}`);
      });
      return page;
    },
    async look(page, name) {
      problems.push(...(await stumblingBlocks(page)).map((problem) => `${name}: ${problem}`));
      if (screenshots === undefined) return;
      const folder = join(screenshots, journey, javaScriptEnabled ? 'with-scripts' : 'without-scripts');
      mkdirSync(folder, { recursive: true });
      await takeScreenshots(page, join(folder, name));
      await page.setViewportSize({ width: 1280, height: 800 });
    },
    problems,
  };
}

/** Fills in the sign-in page that the window shows, and sends it with Enter as people do. */
export async function signIn(page: Page, username: string, secret: string = password): Promise<void> {
  await page.fill('#login-username', username);
  await page.fill('#login-password', secret);
  await send(page, '#login-password');
}

/** Presses Enter in this field, and waits for what comes of it. */
export async function send(page: Page, field: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.press(field, 'Enter')]);
}

/** What the application of `startOpenIdApplication` was told, once the window is there. */
export async function told(page: Page): Promise<Record<string, unknown>> {
  return JSON.parse((await page.textContent('#told')) ?? '');
}

/** The heading of the page. */
export async function heading(page: Page): Promise<string> {
  return ((await page.textContent('h1')) ?? '').trim();
}
