import { type Browser, chromium, type Page } from 'playwright-core';
import { systemProgram } from './system-program.ts';

/** Starts a real Chromium without a window, installing Debian's first when the machine has none and we may. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: systemProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium'),
    headless: true,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', ...args],
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
