/** Every page that people see, in the languages with the longest words, and as if it were written from the right. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { layoutProblems } from '../support/page-layout.ts';
import { walkPages } from '../support/page-walk.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 300_000);
afterAll(() => browser?.close());

const names = { person: 'Ada Lovelace', application: 'Team Wiki', provider: 'Example', house: 'Example Works' };
test.each([
  ['de', 'ltr'],
  ['pl', 'rtl'],
])(
  'no page is too wide for a phone or cuts anything off in %s, written %s',
  {
    timeout: 600_000,
  },
  async (locale, dir) => {
    const problems: string[] = [];
    await walkPages({
      browser,
      locale,
      names,
      async look(name, page) {
        const language = await page.evaluate<string>('document.documentElement.lang');
        if (language !== locale) problems.push(`${name} is in ${language}`);
        await page.evaluate(`document.documentElement.dir = '${dir}'`);
        problems.push(...(await layoutProblems(page)).map((problem) => `${name}: ${problem}`));
        await page.evaluate("document.documentElement.dir = 'ltr'");
      },
    });
    expect(problems).toEqual([]);
  },
);
