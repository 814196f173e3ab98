import type { Page } from 'playwright-core';

const hasItsFocus = `(() => {
  const fields = [...document.querySelectorAll('[autofocus]')].filter((field) => field.checkVisibility());
  return fields.length === 0 || fields.includes(document.activeElement);
})()`;

/**
 * What somebody would stumble over on a page who types, listens, or lets a password manager fill in: where the focus is,
 * whether a problem is read out, what Enter presses, and whether there is a way on. Works where no scripts run.
 */
export async function stumblingBlocks(page: Page): Promise<string[]> {
  // A browser gives the focus to the field once it has drawn the page.
  for (let tries = 0; tries < 40 && !(await page.evaluate<boolean>(hasItsFocus)); tries++)
    await page.waitForTimeout(50);
  return page.evaluate<string[]>(`(() => {
    const problems = [];
    const say = (one, problem) => problems.push(problem + ': ' + one.outerHTML.slice(0, 150));
    const seen = (selector, within = document) => [...within.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const focused = document.activeElement;
    const described = (one) => (one.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
    for (const one of seen('[autofocus]')) if (one !== focused) say(one, 'has not got the focus');
    for (const one of seen('[aria-describedby]'))
      for (const id of described(one)) if (!document.getElementById(id)) say(one, 'is described by nothing');
    for (const one of seen('[aria-invalid]')) if (described(one).length === 0) say(one, 'is wrong, and nothing says why');
    const alert = seen('#error-message[role=alert]')[0];
    // Where no field has the focus, it is read as the page is, from the top.
    const isRead = focused === document.body || focused === alert || focused.closest('[aria-invalid]') || described(focused).includes('error-message');
    if (alert && seen('main input').length > 0 && !isRead) say(focused, 'has the focus, and nothing reads the problem out');
    for (const form of seen('main form')) {
      const first = form.querySelector('button:not([type=button])');
      if (!first) say(form, 'cannot be sent');
      else if (seen('input:not([type=hidden])', form).length > 0 && first.value === 'deny') say(first, 'is what Enter presses');
      const passwords = seen('input[type=password]', form);
      for (const one of passwords)
        if (!/^(current|new)-password$/.test(one.autocomplete)) say(one, 'tells password managers nothing');
      if (passwords.length > 0 && !form.querySelector('[autocomplete~=username]')) say(form, 'hides whose password it is');
    }
    // A way on is a link, a button, or a command to type; what is beside the reference is for administrators.
    if (seen('main :not(.reference) > :is(a[href], button, code), nav a[href]').length === 0) problems.push('is a dead end');
    return problems;
  })()`);
}
