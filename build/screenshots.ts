/**
 * Makes the pictures of docs/images and the page docs/pages.md that shows them: what people see, on a phone and at a desk,
 * by day and by night. `npm run screenshots`; with a folder and a language, `npm run screenshots -- FOLDER de`, all pages
 * go into that folder to be looked at. Chromium writes WebP, which keeps docs/images below three megabytes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, views } from '../test/support/browser.ts';
import { walkPages } from '../test/support/page-walk.ts';

const [elsewhere, locale = 'en'] = process.argv.slice(2);
const folder = elsewhere ?? 'docs/images';
/** Text is sharp at this quality, and what is flat stays flat. */
const quality = 0.65;
/** Pages that look like one that is kept. */
const leftOut = [
  ...['account-new-passkey', 'account-password', 'account-email-code', 'account-email-confirm', 'device-refused'],
  ...['forgot-password-done', 'invitation-dead', 'not-found', 'not-set-up', 'recovery-done', 'recovery-link-dead'],
  ...['recovery-refused', 'request-error-address', 'second-factor-refused', 'setup-without-link', 'sign-up-link'],
  ...['sign-in-refused', 'second-factor-recovery-code', 'device-done', 'sign-up-code', 'sign-up-waiting'],
  ...['account-passkey', 'account-sessions-ended', 'second-factor-passkey', 'undo-email'],
];

const kept: { readonly name: string; readonly heading: string }[] = [];
const browser = await launchBrowser();
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const encoder = await browser.newPage();
  await walkPages({
    browser,
    locale,
    names: { person: 'Ada Lovelace', application: 'Team Wiki', provider: 'GitHub', house: 'Example Works' },
    async look(name, page) {
      if (elsewhere === undefined && leftOut.includes(name)) return;
      kept.push({ name, heading: (await page.textContent('h1')) ?? name });
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
if (elsewhere === undefined) writeFileSync('docs/pages.md', pageOfPictures());

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

function pageOfPictures(): string {
  const parts = kept.map(
    ({ name, heading }) => `## ${sentence(name)}

${picture(name, 'phone', 220, heading)}
${picture(name, 'desktop', 560, heading)}
`,
  );
  return `# What people see

Every page, on a phone and at a desk; by night where this page is read by night. They speak ten languages, work without
JavaScript (passkeys excepted), and can carry [your name and colours](appearance.md). \`npm run screenshots\` makes these pictures.

${parts.join('\n')}`;
}

function picture(name: string, place: 'phone' | 'desktop', width: number, heading: string): string {
  const file = (time: string) => `images/${name}-${place}-${time}.webp`;
  return `<picture><source media="(prefers-color-scheme: dark)" srcset="${file('dark')}"><img src="${file('light')}" width="${width}" alt="${heading}, ${place === 'phone' ? 'on a phone' : 'at a desk'}"></picture>`;
}

function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
