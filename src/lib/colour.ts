/** Colours as `#rrggbb`, and what keeps text on them readable (WCAG 2.2: 1.4.3 asks for a contrast of 4.5). */

/** How the contrast of these two reads: 1 for the same colour, 21 for black on white (WCAG 2.2, contrast ratio). */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Black or white, whichever stands out more: at least 4.58 on any colour. */
export function textOn(colour: string): '#000000' | '#ffffff' {
  return contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000';
}

/** The colour itself if it is readable on all of these, otherwise the nearest of its hue that is, darker or lighter. */
export function readableOn(colour: string, grounds: readonly string[], way: 'darker' | 'lighter'): string {
  const isReadable = (candidate: string) => grounds.every((ground) => contrast(candidate, ground) >= readable);
  const { l } = toOklch(colour);
  for (let step = 0; step <= 100; step++) {
    const candidate = step === 0 ? colour : withLightness(colour, way === 'darker' ? l - step / 100 : l + step / 100);
    if (isReadable(candidate)) return candidate;
  }
  return way === 'darker' ? '#000000' : '#ffffff';
}

/** The colour with another lightness from 0 to 1 (OKLCH), as strong as the screen can show it. */
export function withLightness(colour: string, lightness: number): string {
  const { c, h } = toOklch(colour);
  const l = Math.min(1, Math.max(0, lightness));
  for (let part = 20; part >= 0; part--) {
    const rgb = toRgb({ l, c: (c * part) / 20, h });
    if (rgb.every((value) => value > -0.0005 && value < 1.0005)) return toHex(rgb);
  }
  return toHex([l ** 3, l ** 3, l ** 3]);
}

/** The lightness of a colour from 0 to 1 (OKLCH). */
export function lightnessOf(colour: string): number {
  return toOklch(colour).l;
}

/** So much of the one colour, from 0 to 1, in the other. */
export function mix(one: string, other: string, part: number): string {
  const [a, b] = [channels(one), channels(other)];
  return hex(a.map((value, index) => value * part + (b[index] ?? 0) * (1 - part)));
}

/** A little more than the 4.5 of WCAG AA, for what rounding takes away. */
const readable = 4.55;

type Triple = readonly [number, number, number];

function channels(colour: string): Triple {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(values: readonly number[]): string {
  return `#${values
    .map((value) =>
      Math.round(Math.min(255, Math.max(0, value)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

function linear(colour: string): Triple {
  const [r, g, b] = channels(colour);
  const one = (value: number) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return [one(r), one(g), one(b)];
}

function toHex(rgb: readonly number[]): string {
  return hex(rgb.map((value) => 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)));
}

function luminance(colour: string): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** By the matrices of Björn Ottosson’s OKLab, as CSS Color 4 has them. */
function toOklch(colour: string): { l: number; c: number; h: number } {
  const [r, g, b] = linear(colour);
  const [x, y, z] = [
    Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
    Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
    Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b),
  ];
  const a = 1.9779984951 * x - 2.428592205 * y + 0.4505937099 * z;
  const s = 0.0259040371 * x + 0.7827717662 * y - 0.808675766 * z;
  return {
    l: 0.2104542553 * x + 0.793617785 * y - 0.0040720468 * z,
    c: Math.hypot(a, s),
    h: Math.atan2(s, a),
  };
}

function toRgb({ l, c, h }: { readonly l: number; readonly c: number; readonly h: number }): Triple {
  const [a, s] = [c * Math.cos(h), c * Math.sin(h)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * s) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * s) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * s) ** 3,
  ];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ];
}
