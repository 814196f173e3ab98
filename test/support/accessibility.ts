import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong on a page, by day and by night, each with the place where it is. Leaves the view by day. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const problem of await violations(page)) problems.push(`${colorScheme} ${page.url()} ${problem}`);
  }
  return problems;
}

async function violations(page: Page): Promise<string[]> {
  const results = await page.evaluate<axe.AxeResults>(`${axe.source}; axe.run(document)`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
