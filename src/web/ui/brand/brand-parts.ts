import type { Context } from '../../../context.ts';
import { ownName } from '../../../identity/brands/default-name.ts';
import type { Brand, BrandImage } from '../../../identity/brands/index.ts';
import { type Html, html } from '../../../lib/html.ts';
import { attributes } from '../attributes.ts';
import { type Language, textsIn } from '../languages.ts';
import { brandTexts } from './texts/index.ts';

const logoPixels = { height: 32, width: 224 };

/** Name and logo at the head of a page; a link where there is a place to go. */
export function brandMark({ assets }: Pick<Context, 'assets'>, brand: Brand, href?: string): Html {
  const mark = html`${logo(brand) ?? ownLogo(assets.url('logo.svg'), brand)}${!showsName(brand) && html`<span>${brand.name}</span>`}`;
  return href === undefined
    ? html`<div class="brand">${mark}</div>`
    : html`<a class="brand" href="${href}">${mark}</a>`;
}

/** The icon in the browser's tab: the logo where it is about square, for a long one is not to be read there. */
export function brandIcon({ assets }: Pick<Context, 'assets'>, { images: { logo } }: Brand): Html {
  return logo && !isLong(logo)
    ? html`<link rel="icon" href="${pictureUrl(logo)}">`
    : html`<link rel="icon" href="${assets.url('logo.svg')}" type="image/svg+xml">`;
}

/** The sentence under the form for signing in. */
export function brandNote({ note, notes }: Brand, language: Language): Html | undefined {
  const own = notes?.[language];
  if (own !== undefined) return html`<p class="brand-note" lang="${language}">${own}</p>`;
  return note === undefined ? undefined : html`<p class="brand-note">${note}</p>`;
}

/** The links that end every page for people. */
export function brandLinks(
  context: Context,
  { imprint_uri, privacy_uri, help_uri }: Brand,
  language: Language,
): Html | undefined {
  const t = textsIn(context, language, brandTexts);
  const links = [
    { label: t('help'), href: help_uri },
    { label: t('privacy'), href: privacy_uri },
    { label: t('imprint'), href: imprint_uri },
  ].flatMap(({ label, href }) => (href === undefined ? [] : [html`<a href="${href}" rel="noopener">${label}</a>`]));
  return links.length === 0 ? undefined : html`<p class="brand-links">${links}</p>`;
}

/** Whether a page stands on a background of its own. */
export function isStaged({ background, images }: Brand): boolean {
  return background !== undefined || images.background !== undefined;
}

/** Where a picture of a brand is. */
export const pictureUrl = ({ id }: BrandImage): string => `/brand-image/${id}`;

/** A logo that is much wider than high is the name already. */
const isLong = ({ width, height }: BrandImage): boolean => width > 2 * height;

/** Whether the logo says the name, which then stands nowhere beside it. */
export const showsName = ({ images: { logo } }: Brand): boolean => logo !== undefined && isLong(logo);

/** Our own drawing stands for us alone: a house with another name and no logo has its name. */
function ownLogo(url: string, { name }: Brand): Html | undefined {
  return name === ownName ? html`<img src="${url}" alt="" width="28" height="28">` : undefined;
}

function logo(brand: Brand): Html | undefined {
  const { logo: day, logo_dark: night } = brand.images;
  if (!day) return undefined;
  const image = html`<img${attributes({ src: pictureUrl(day), alt: showsName(brand) ? brand.name : '', ...sizeOf(day) })}>`;
  if (!night) return image;
  const { width, height } = sizeOf(night);
  return html`<picture><source media="(prefers-color-scheme: dark)" srcset="${pictureUrl(night)}" width="${width}" height="${height}">${image}</picture>`;
}

/** The size at which a logo is shown, so that nothing moves when it arrives. */
function sizeOf({ width, height }: BrandImage): { width: number; height: number } {
  const scale = Math.min(logoPixels.height / height, logoPixels.width / width, 1);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
