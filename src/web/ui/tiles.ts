import { type Html, html } from '../../lib/html.ts';
import { type IconName, icon } from './icon.ts';

/** A few ways to go on, each a tile with what it means. */
export function linkTiles(
  label: string,
  links: readonly { readonly icon: IconName; readonly label: string; readonly hint: string; readonly href: string }[],
): Html {
  const tiles = links.map(
    (link) =>
      html`<li><a class="tile" href="${link.href}">${icon(link.icon)}<span><strong>${link.label}</strong><small>${link.hint}</small></span></a></li>`,
  );
  return html`<ul class="tiles wide" aria-label="${label}">${tiles}</ul>`;
}

/** A few numbers worth knowing, each leading to what it counts. */
export function figures(
  label: string,
  entries: readonly {
    readonly icon: IconName;
    readonly label: string;
    readonly value: string;
    readonly href: string;
  }[],
): Html {
  const tiles = entries.map(
    (entry) =>
      html`<li><a class="tile figure" href="${entry.href}">${icon(entry.icon)}<span><small>${entry.label}</small><strong>${entry.value}</strong></span></a></li>`,
  );
  return html`<ul class="tiles" aria-label="${label}">${tiles}</ul>`;
}
