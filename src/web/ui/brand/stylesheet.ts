import { createHash } from 'node:crypto';
import type { Context } from '../../../context.ts';
import { type Brand, house } from '../../../identity/brands/index.ts';
import { contrast, lightnessOf, mix, readableOn, textOn, withLightness } from '../../../lib/colour.ts';
import { type Palette, paletteOf } from './palette.ts';

/** What a brand lays over the custom properties of style.css, with an address that changes whenever it does. */
export interface BrandStylesheet {
  readonly url: string;
  readonly hash: string;
  readonly css: string;
}

/** The stylesheet of a brand; undefined when nothing in it is other than ours. */
export function brandStylesheet(
  context: Pick<Context, 'assets' | 'memos'>,
  brand: Brand,
  client_id: string = house,
): BrandStylesheet | undefined {
  const { accent, background, corners, images } = brand;
  const memo = JSON.stringify([accent, background, corners, images.background?.id]);
  const { brandStyles } = context.memos;
  const css = brandStyles.get(memo) ?? cssOf(brand, paletteOf(context.assets));
  brandStyles.set(memo, css);
  if (css === '') return undefined;
  const hash = createHash('sha256').update(css).digest('base64url').slice(0, 16);
  const query = client_id === house ? '' : `?${new URLSearchParams({ client_id })}`;
  return { url: `/brand/${hash}.css${query}`, hash, css };
}

/** The same for two samples side by side, `.sample.light` and `.sample.dark`, whatever the reader's own scheme is. */
export function sampleStylesheet({ assets }: Pick<Context, 'assets'>, brand: Brand): string {
  const palette = paletteOf(assets);
  const { light, dark } = propertiesOf(brand, palette);
  const picture = brand.images.background && `.sample { ${pictureOf(brand.images.background.id)} }\n`;
  return `${rule('.sample.light', { ...palette.light, ...light })}${rule('.sample.dark', { ...palette.dark, ...dark })}${picture ?? ''}`;
}

/** The colours that a chosen accent becomes, so that the form can say where one had to be adjusted. */
export function accentColours(context: Pick<Context, 'assets'>, accent: string): { light: string; dark: string } {
  const palette = paletteOf(context.assets);
  return {
    light: accentProperties(accent, palette.light, 'darker').accent ?? accent,
    dark: accentProperties(accent, palette.dark, 'lighter').accent ?? accent,
  };
}

function cssOf(brand: Brand, palette: Palette): string {
  const { light, dark } = propertiesOf(brand, palette);
  const { background } = brand.images;
  const night = rule(':root', dark);
  return [
    rule(':root', light),
    night && `@media (prefers-color-scheme: dark) {\n${night}}\n`,
    // Only where there is room for it, so that a phone does not fetch it.
    background && `@media (min-width: 32rem) {\n.card-layout.staged { ${pictureOf(background.id)} }\n}\n`,
  ].join('');
}

const radii = {
  square: { radius: '0', 'radius-large': '0' },
  slight: { radius: '0.25rem', 'radius-large': '0.375rem' },
  round: { radius: '1.375rem', 'radius-large': '1.75rem' },
} as const;

type Properties = Readonly<Record<string, string>>;

function propertiesOf(
  { accent, background, corners }: Brand,
  palette: Palette,
): { light: Properties; dark: Properties } {
  return {
    light: {
      ...(accent !== undefined && accentProperties(accent, palette.light, 'darker')),
      ...(background !== undefined && { stage: background }),
      ...(corners !== undefined && radii[corners]),
    },
    dark: {
      ...(accent !== undefined && accentProperties(accent, palette.dark, 'lighter')),
      ...(background !== undefined && { stage: byNight(background) }),
    },
  };
}

/**
 * An accent for links and marks, which must be readable on everything that text stands on, and beside it the colour as
 * it was chosen for what is filled with it, with black or white upon it.
 */
function accentProperties(chosen: string, base: Properties, way: 'darker' | 'lighter'): Properties {
  const grounds = ['surface', 'ground', 'sunken'].map((name) => base[name] ?? '#ffffff');
  const [surface = '#ffffff'] = grounds;
  const accent = readableOn(chosen, grounds, way);
  const soft = mix(accent, surface, 0.12);
  const strong = readableOn(
    withLightness(accent, lightnessOf(accent) + (way === 'darker' ? -0.08 : 0.06)),
    [soft, ...grounds],
    way,
  );
  const onFill = textOn(chosen);
  return {
    accent,
    'accent-strong': strong,
    'accent-soft': soft,
    focus: accent,
    fill: chosen,
    'fill-strong': withLightness(chosen, lightnessOf(chosen) + (onFill === '#ffffff' ? -0.06 : 0.05)),
    'on-fill': onFill,
    // A button that hardly stands out from the card has an edge that does (WCAG 2.2, 1.4.11).
    'fill-line': contrast(chosen, surface) < 3 ? accent : 'transparent',
  };
}

/** A background by night: the same hue, and no brighter than what stands on it. */
function byNight(background: string): string {
  return lightnessOf(background) <= 0.28 ? background : withLightness(background, 0.22);
}

function pictureOf(id: string): string {
  return `background: url(/brand-image/${id}) center / cover no-repeat var(--stage, var(--ground));`;
}

function rule(selector: string, properties: Properties): string {
  const lines = Object.entries(properties).map(([name, value]) => `  --${name}: ${value};\n`);
  return lines.length === 0 ? '' : `${selector} {\n${lines.join('')}}\n`;
}
