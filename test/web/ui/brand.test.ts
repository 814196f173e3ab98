import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadAssets } from '../../../src/lib/assets.ts';
import { contrast } from '../../../src/lib/colour.ts';
import { createMemos } from '../../../src/memos.ts';
import { paletteOf } from '../../../src/web/ui/brand/palette.ts';
import { brandStylesheet } from '../../../src/web/ui/brand/stylesheet.ts';
import '../../support/property-seed.ts';

const assets = loadAssets();
const palette = paletteOf(assets);
const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

/** The custom properties of a page with this brand, by day and by night. */
function propertiesWith(accent: string) {
  const css = brandStylesheet({ assets, memos: createMemos() }, { name: 'a', accent, images: {} })?.css ?? '';
  const [light = {}, dark = {}] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, block = '']) =>
    Object.fromEntries([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value])),
  );
  return { light: { ...palette.light, ...light }, dark: { ...palette.dark, ...light, ...dark } };
}

const pairs = [
  ...['surface', 'ground', 'sunken'].flatMap(
    (ground) =>
      [
        ['accent', ground],
        ['accent-strong', ground],
      ] as const,
  ),
  ['accent-strong', 'accent-soft'],
  ['on-fill', 'fill'],
  ['on-fill', 'fill-strong'],
] as const;

test.each(['light', 'dark'] as const)(
  'whatever accent is chosen, text stays readable in the %s (WCAG AA)',
  (scheme) => {
    fc.assert(
      fc.property(colours, (accent) => {
        const properties = propertiesWith(accent)[scheme];
        for (const [text, ground] of pairs)
          expect([text, ground, contrast(properties[text] ?? '', properties[ground] ?? '') >= 4.5]).toEqual([
            text,
            ground,
            true,
          ]);
        return true;
      }),
      { numRuns: 300 },
    );
  },
);

test('our own palette keeps to the same', () => {
  for (const scheme of ['light', 'dark'] as const)
    for (const [text, ground] of pairs)
      expect(contrast(palette[scheme][text] ?? '', palette[scheme][ground] ?? '')).toBeGreaterThanOrEqual(4.5);
});

test('a button that would vanish on the page has an edge', () => {
  expect(propertiesWith('#ffffff').light['fill-line']).toMatch(/^#/);
  expect(propertiesWith('#ffffff').dark['fill-line']).toBe('transparent');
});
