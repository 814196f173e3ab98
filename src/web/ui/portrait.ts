import { type Html, type HtmlValue, html } from '../../lib/html.ts';

/** A round or square tile with the first letter of a name, its colour drawn from the name. */
export function avatar(name: string, shape: 'round' | 'square' = 'round', size: 'small' | 'large' = 'small'): Html {
  return html`<span class="avatar ${shape} ${size} hue-${hueOf(name)}" aria-hidden="true">${initialOf(name)}</span>`;
}

/** A round tile with the picture of a person; with the first letter of the name as long as there is none. */
export function portrait(name: string, picture: string | undefined, size: 'small' | 'large' = 'small'): Html {
  const pixels = size === 'small' ? '36' : '48';
  const image = picture && html`<img src="${picture}" alt="" width="${pixels}" height="${pixels}">`;
  return html`<span class="picture round">${avatar(name, 'round', size)}${image}</span>`;
}

/** Who someone is: picture or initial, name and user name; with a link or button at the end if given. */
export function personChip(person: {
  readonly name?: string;
  readonly picture?: string | undefined;
  readonly username: string;
  readonly end?: HtmlValue;
}): Html {
  const name = person.name ?? person.username;
  const second = person.name === undefined ? undefined : html`<small>${person.username}</small>`;
  return html`<div class="person">${portrait(name, person.picture)}<div><strong>${name}</strong>${second}</div>${person.end}</div>`;
}

/** Which application a card is about: its logo or its initial, its name, and the host it lives at. */
export function clientHeader(client: {
  readonly name: string;
  readonly host?: string;
  readonly logo?: string | undefined;
  readonly badge?: Html;
}): Html {
  const { name, host, logo, badge } = client;
  const picture = logo && html`<img src="${logo}" alt="" width="48" height="48">`;
  return html`<div class="client-header"><span class="picture">${avatar(name, 'square', 'large')}${picture}</span><div><strong>${name}</strong>${host && html`<small>${host}</small>`}${badge}</div></div>`;
}

/** The launcher's applications, each a tile that opens it. */
export function appTiles(
  label: string,
  apps: readonly { readonly name: string; readonly href?: string; readonly detail?: string }[],
): Html {
  const tiles = apps.map(({ name, href, detail }) => {
    const content = html`${avatar(name, 'square', 'large')}<span><strong>${name}</strong>${detail && html`<small>${detail}</small>`}</span>`;
    return html`<li>${href ? html`<a class="tile" href="${href}">${content}</a>` : html`<div class="tile">${content}</div>`}</li>`;
  });
  return html`<ul class="tiles" aria-label="${label}">${tiles}</ul>`;
}

function initialOf(name: string): string {
  const letter = [...name.trim()].find((character) => /[\p{L}\p{N}]/u.test(character));
  return (letter ?? '?').toLocaleUpperCase('en');
}

function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6007;
  return sum % 6;
}
