import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong on a page, by night and by day, each with the place where it is. Leaves the view by day. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await bringAxe(page);
  // Without motion, so that a button under the pointer is not looked at while its colour is on the way.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  // Nothing but the colours is different by night.
  const byNight = await violations(page, { runOnly: ['color-contrast', 'link-in-text-block'] });
  await page.emulateMedia({ colorScheme: 'light' });
  const byDay = await violations(page);
  await page.emulateMedia({ reducedMotion: null });
  return [...byNight.map((problem) => `by night: ${problem}`), ...byDay];
}

/** The same by day alone, for a page whose colours were looked at. */
export async function accessibilityProblemsByDay(page: Page): Promise<string[]> {
  await bringAxe(page);
  return violations(page);
}

/** What is hard to read for those who ask for more contrast (7:1, WCAG 1.4.6), by night and by day. Leaves the view by day. */
export async function contrastProblems(page: Page): Promise<string[]> {
  await bringAxe(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const problems: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ contrast: 'more', colorScheme });
    const found = await violations(page, { runOnly: ['color-contrast-enhanced'] });
    problems.push(...found.map((problem) => `with more contrast, ${colorScheme}: ${problem}`));
  }
  await page.emulateMedia({ contrast: null, reducedMotion: null });
  return problems;
}

async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
}

async function violations(page: Page, options: axe.RunOptions = {}): Promise<string[]> {
  const results = await page.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  if (results.passes.length === 0) throw new Error('axe has looked at nothing');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${page.url()}: ${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
