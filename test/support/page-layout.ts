/** Whether a page holds together at every size, spacing and choice of colours; each function says what does not. */
import type { Page } from 'playwright-core';

/**
 * What reaches out of the window or is cut off on a phone, at 200 % zoom (WCAG 1.4.4) and at a desk, and what is less
 * than 44 pixels high, for fingers.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  const problems = await outsideAt(page, [1280, 640, 360]);
  const small = await page.evaluate<string[]>(smallTargets);
  await page.setViewportSize({ width: 1280, height: 800 });
  return [...problems, ...small];
}

/** What does so with the spacing that readers may choose (WCAG 1.4.12); the page keeps it. */
export async function spacingProblems(page: Page): Promise<string[]> {
  await page.evaluate(`document.adoptedStyleSheets = ${spaced}`);
  const problems = await outsideAt(page, [360, 1280]);
  return problems.map((problem) => `${problem}, with wide spacing`);
}

async function outsideAt(page: Page, widths: readonly number[]): Promise<string[]> {
  const problems: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 740 });
    const found = await page.evaluate<string[]>(outside);
    problems.push(...found.map((what) => `${what} in a window of ${width}`));
  }
  return problems;
}

const spaced = `[Object.assign(new CSSStyleSheet(), {})].map((sheet) => {
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  return sheet;
})`;

// What is meant for the ear alone, and what scrolls by itself, may be larger than its place.
const outside = `(() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  const cut = [...document.querySelectorAll('body *')].filter((one) => {
    const { overflowX, overflowY, textOverflow, position } = getComputedStyle(one);
    if (!one.checkVisibility() || one.matches('.unseen, thead, svg, svg *, input, select, option') || one.closest('.unseen')) return false;
    if (textOverflow === 'ellipsis') return false;
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (hides(overflowX) && one.scrollWidth > one.clientWidth + 1) || (hides(overflowY) && one.scrollHeight > one.clientHeight + 1);
  });
  return [
    ...(over > 0 ? ['is ' + over + ' pixels too wide'] : []),
    ...cut.map((one) => 'cuts off ' + one.outerHTML.slice(0, 120)),
  ];
})()`;

const smallTargets = `[...document.querySelectorAll('main :is(button, .button, select, input:not([type=hidden], [type=checkbox], [type=radio]))')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1 && one.getBoundingClientRect().height < 43)
  .map((one) => one.outerHTML.slice(0, 120) + ' is ' + one.getBoundingClientRect().height + ' high')`;

/** What cannot be told from the text around it where all have the same few colours: buttons and fields have a line around. */
export async function forcedColourProblems(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' });
  const found = await page.evaluate<string[]>(`[
    ...[...document.querySelectorAll('main :is(.button:not(.plain), .account, input:not([type=hidden], [type=checkbox], [type=radio]), select, .badge, .notice)')]
      .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
      .map((one) => 'has no line around ' + one.outerHTML.slice(0, 120)),
    ...[...document.querySelectorAll('select')]
      .filter((one) => one.checkVisibility() && getComputedStyle(one).appearance === 'none')
      .map(() => 'has a menu without an arrow'),
    ...[...document.querySelectorAll('.qr-code')]
      .filter((one) => getComputedStyle(one).backgroundColor !== 'rgb(255, 255, 255)')
      .map(() => 'has a QR code on no white'),
  ]`);
  await page.emulateMedia({ forcedColors: null });
  return found.map((problem) => `${problem}, with forced colours`);
}

/** What moves when the strength of a new password is told. */
export async function strengthProblems(page: Page): Promise<string[]> {
  const id = await page.evaluate<string | undefined>(
    'document.querySelector("[data-strength-of]")?.dataset.strengthOf',
  );
  if (id === undefined) return [];
  const place = () =>
    page.evaluate<number[]>(
      '[...document.querySelectorAll("main :is(input, button, p, h1)")].filter((one) => !one.closest(".password-strength") && one.checkVisibility()).map((one) => one.getBoundingClientRect().top + scrollY)',
    );
  const before = await place();
  const told = page.waitForResponse('**/password-strength');
  await page.fill(`#${id}`, 'correct horse');
  await told;
  await page.waitForSelector('.password-strength[data-told]');
  const after = await place();
  await page.fill(`#${id}`, '');
  return JSON.stringify(before) === JSON.stringify(after) ? [] : ['moves when the strength of a password is told'];
}
