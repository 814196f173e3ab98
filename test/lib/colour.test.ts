import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, lightnessOf, mix, readableOn, textOn, withLightness } from '../../src/lib/colour.ts';
import '../support/property-seed.ts';

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
  ['#0000ff', '#ffffff', 8.59],
])('%s on %s has the contrast that WCAG says', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  expect(contrast(other, one)).toBeCloseTo(ratio, 2);
});

test('black or white is readable on every colour', () => {
  fc.assert(fc.property(colours, (colour) => contrast(textOn(colour), colour) >= 4.5));
});

test('every colour becomes one that is readable by day and one by night', () => {
  const isReadable = (colour: string) =>
    ['#ffffff', '#f3f0ea'].every(
      (ground) => contrast(readableOn(colour, ['#ffffff', '#f3f0ea'], 'darker'), ground) >= 4.5,
    ) &&
    ['#1e1c19', '#272421'].every(
      (ground) => contrast(readableOn(colour, ['#1e1c19', '#272421'], 'lighter'), ground) >= 4.5,
    );
  fc.assert(fc.property(colours, isReadable));
});

test('a colour that is readable as it is stays as it is', () => {
  expect(readableOn('#17614f', ['#ffffff'], 'darker')).toBe('#17614f');
});

test('another lightness keeps the hue: yellow becomes a dark yellow, not black', () => {
  const dark = withLightness('#ffcc00', 0.5);
  expect(lightnessOf(dark)).toBeCloseTo(0.5, 1);
  expect(dark).toBe('#78600e');
});

test('colours mix by parts', () => {
  expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
});
