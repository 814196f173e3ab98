/**
 * Makes the pictures of docs/images: every page that people see, on a phone and at a desk, by day and by night.
 * `npm run screenshots [FOLDER] [LANGUAGE]`. Chromium writes them as WebP, which keeps all of them below three megabytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, views } from '../test/support/browser.ts';
import { walkPages } from '../test/support/page-walk.ts';

const [folder = 'docs/images', locale = 'en'] = process.argv.slice(2);
/** What stands on text is sharp at this quality, and gradients are smooth. */
const quality = 0.8;

const browser = await launchBrowser();
try {
  mkdirSync(folder, { recursive: true });
  const encoder = await browser.newPage();
  await walkPages({
    browser,
    locale,
    names: { person: 'Ada Lovelace', application: 'Team Wiki' },
    async look(name, page) {
      for (const view of views) {
        await page.setViewportSize({ width: view.width, height: view.height });
        await page.emulateMedia({ colorScheme: view.colorScheme });
        const png = await page.screenshot({ fullPage: true });
        writeFileSync(join(folder, `${name}-${view.name}.webp`), await webp(encoder, png));
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 800 });
    },
  });
} finally {
  await browser.close();
}

/** Chromium encodes: it can, and nothing else that we depend on. */
async function webp(encoder: Page, png: Buffer): Promise<Buffer> {
  const url = await encoder.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', ${quality});
  })()`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
