import { assert, property, string, webUrl } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeTarget } from '../../src/protocol/sender-constraints/target-uri.ts';

describe('the address in a DPoP proof', () => {
  test.each([
    ['HTTPS://ID.Example:443/a', 'https://id.example/a'],
    ['http://id.example:80', 'http://id.example/'],
    ['https://id.example/%7Eme/%2f', 'https://id.example/~me/%2F'],
    ['https://id.example/a/../b/./c?d#e', 'https://id.example/b/c'],
    ['https://[::1]:8443/a', 'https://[::1]:8443/a'],
  ])('%s is %s', (text, normal) => expect(normalizeTarget(text)).toBe(normal));

  test.each([
    '',
    '/a',
    '//id.example/a',
    'https:id.example/a',
    'https:///a',
    'https://user@id.example/a',
    'https://id.example\\a',
    ' https://id.example/a',
    'https://id.example/a\n',
    'https://id.example/%zz',
    'https://id.example/ä',
    'https://id.example:99999/a',
    'javascript://id.example/a',
    `https://id.example/${'a'.repeat(2000)}`,
  ])('%j is none', (text) => expect(normalizeTarget(text)).toBeUndefined());

  test('is the same whatever stands behind ? and #, and normal once it is normalised', async () => {
    await assert(
      property(webUrl(), string({ unit: 'binary-ascii' }), (url, more) => {
        const normal = normalizeTarget(url);
        if (normal === undefined) return;
        expect(normalizeTarget(normal)).toBe(normal);
        expect(normalizeTarget(`${url}?${encodeURIComponent(more)}#${encodeURIComponent(more)}`)).toBe(normal);
      }),
    );
  });

  test('of whatever text never throws, and never is of another origin than the text begins with', async () => {
    await assert(
      property(string({ unit: 'binary' }), (text) => {
        const normal = normalizeTarget(`https://id.example${text}`);
        if (normal !== undefined && /^(?:[/?#]|$)/.test(text))
          expect(normal.startsWith('https://id.example/')).toBe(true);
        normalizeTarget(text);
      }),
      { numRuns: 1000 },
    );
  });
});
