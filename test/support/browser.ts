import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts a real Chromium without a window, installing Debian's first when the machine has none and we may. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPaths.find((path) => existsSync(path)) ?? installChromium();
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...(isRoot() ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', ...args],
  });
}

/** How a page is looked at: on a phone or a desk, by day or by night. */
export const views = [
  { name: 'phone-light', width: 360, height: 740, colorScheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, colorScheme: 'dark' },
  { name: 'desktop-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/** Takes a picture of the whole page in every view: `<path>-phone-light.png` and so on. Leaves the view by day at a desk. */
export async function takeScreenshots(page: Page, path: string): Promise<void> {
  for (const { name, width, height, colorScheme } of views) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${path}-${name}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

function installChromium(): string {
  if (!isRoot() || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'The browser tests need Chromium. Install it as root: apt-get install --no-install-recommends chromium',
    );
  }
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    execFileSync('apt-get', ['-qq', ...args], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const [installed] = chromiumPaths.filter((path) => existsSync(path));
  if (installed === undefined) throw new Error('apt-get installed chromium, yet it is not where it was expected.');
  return installed;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
