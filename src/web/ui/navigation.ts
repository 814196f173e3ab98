import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { attributes } from './attributes.ts';
import { type IconName, icon } from './icon.ts';
import { portrait } from './portrait.ts';

export interface NavigationEntry {
  readonly label: string;
  readonly href: string;
  readonly icon?: IconName;
}

/** The side navigation of the console or the account; `current` is the href of the entry the page belongs to. */
export function navigation(menu: {
  /** Names the navigation for screen readers, such as `Console`. */
  readonly label: string;
  readonly entries: readonly NavigationEntry[];
  readonly current?: string;
}): Html {
  const items = menu.entries.map(
    (entry) =>
      html`<li><a${attributes({
        href: entry.href,
        'aria-current': entry.href === menu.current ? 'page' : undefined,
      })}>${entry.icon && icon(entry.icon)}<span>${entry.label}</span></a></li>`,
  );
  return html`<nav class="side" aria-label="${menu.label}"><ul>${items}</ul></nav>`;
}

/** Pages of one thing, side by side under its heading; `current` is the href of the one shown. */
export function tabs(menu: {
  readonly label: string;
  readonly entries: readonly NavigationEntry[];
  readonly current: string;
}): Html {
  const items = menu.entries.map(
    ({ href, label }) =>
      html`<li><a${attributes({ href, 'aria-current': href === menu.current ? 'page' : undefined })}>${label}</a></li>`,
  );
  return html`<nav class="tabs" aria-label="${menu.label}"><ul>${items}</ul></nav>`;
}

/** The way up from a page to the list it came from. */
export function breadcrumbs(...links: readonly { readonly label: string; readonly href: string }[]): Html {
  const items = links.map(({ label, href }) => html`<li><a href="${href}">${label}</a></li>`);
  return html`<nav class="breadcrumbs" aria-label="Breadcrumb"><ol>${items}</ol></nav>`;
}

/** Who is signed in, with a menu: the right end of the console's header. */
export function accountMenu(menu: {
  /** What the menu is called, such as `Account of Ada`. */
  readonly label: string;
  readonly name?: string;
  readonly picture?: string | undefined;
  readonly username: string;
  readonly entries: readonly NavigationEntry[];
  /** Ends the menu, such as the form that signs out. */
  readonly end?: HtmlValue;
}): Html {
  const name = menu.name ?? menu.username;
  const items = menu.entries.map(
    (entry) => html`<li><a href="${entry.href}">${entry.icon && icon(entry.icon)}${entry.label}</a></li>`,
  );
  return html`<details class="account-menu"><summary>${portrait(name, menu.picture)}<span class="unseen">${menu.label}</span><span aria-hidden="true">${name}</span></summary>
<div class="menu"><p><strong>${name}</strong><br>${menu.username}</p><ul>${items}</ul>${menu.end}</div></details>`;
}

/** The stations of a longer way, the present one marked: `current` counts from 0. */
export function stepper(label: string, steps: readonly string[], current: number): Html {
  const items = steps.map((step, index) => {
    const state = index < current ? 'done' : index === current ? 'current' : undefined;
    return html`<li${attributes({ class: state, 'aria-current': state === 'current' ? 'step' : undefined })}><span>${step}</span>${state === 'done' && html`<span class="unseen"> (done)</span>`}</li>`;
  });
  return html`<ol class="stepper" aria-label="${label}">${items}</ol>`;
}
