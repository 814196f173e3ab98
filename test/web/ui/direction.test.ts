import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const style = readFileSync('src/web/ui/assets/style.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** Each declaration of the stylesheet. */
const declarations = [...style.matchAll(/([a-z-]+)\s*:\s*([^;{}]+);/g)].map(([, property = '', value = '']) => ({
  property,
  value: value.trim(),
}));

test('the stylesheet knows no left and right, so that it serves both directions of writing', () => {
  expect(declarations.length).toBeGreaterThan(500);
  const physical = declarations.filter(
    ({ property, value }) =>
      /(^|-)(left|right)(-|$)/.test(property) ||
      /^(width|height|(min|max)-(width|height))$/.test(property) ||
      (/^(text-align|float|clear)$/.test(property) && /left|right/.test(value)),
  );
  expect(physical).toEqual([]);
});

test('no shorthand of the stylesheet gives the two sides different lengths', () => {
  const shorthands = declarations.filter(({ property }) => /^(margin|padding|inset|border-width)$/.test(property));
  const uneven = shorthands.filter(({ value }) => {
    const [, inlineEnd, , inlineStart] = value.match(/[a-z]+\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s]+/g) ?? [];
    return inlineStart !== undefined && inlineStart !== inlineEnd;
  });
  expect(uneven).toEqual([]);
});
