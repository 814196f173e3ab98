import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, html, safeUrl, trustedHtml } from '../../src/lib/html.ts';

describe('the html tag', () => {
  test('escapes what stands in text and in quotes, and leaves markup of its own alone', () => {
    const inner = html`<b>${'a & b'}</b>`;
    expect(html`<p title="${`"'<>`}">${inner}${'</p>'}</p>`.markup).toBe(
      '<p title="&quot;&#39;&lt;&gt;"><b>a &amp; b</b>&lt;/p&gt;</p>',
    );
  });

  test('prints nothing for undefined and false, joins lists, and prints numbers', () => {
    expect(html`<i>${undefined}${false}${['<', html`<br>`, [1, 2]]}${0}</i>`.markup).toBe('<i>&lt;<br>120</i>');
  });

  test('takes a value after an equals sign, where that sign stands in quotes or in text', () => {
    expect(html`<a href="/?a=${'b"'}">x =${'<'}</a>`.markup).toBe('<a href="/?a=b&quot;">x =&lt;</a>');
  });

  test.each([
    ['an unquoted value', () => html`<a href=${'x'}>`],
    ['an unquoted value after a blank', () => html`<a href= ${'x'}>`],
    ['unquoted markup as a value', () => html`<a href=${html`x`}>`],
    ['text where attributes stand', () => html`<a ${'onclick=alert(1)'}>`],
    ['a list where attributes stand', () => html`<a ${['x']}>`],
    ['text as the name of a tag', () => html`<a${'x'}>`],
    ['text in a tag after a quoted value', () => html`<a href="${'/'}" ${'x'}>`],
    ['text in a tag after an apostrophe in the text before', () => html`<p>it's</p><a ${'x'}>`],
  ])('throws on %s', (_case, template) => {
    expect(template).toThrow('must be quoted');
  });

  test('lets no value out of its place, whatever is in it', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '=', '/', '`', 'a', ' ', '\n', '\0', '-', '!') }),
    );
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const parts = /^<p title="([^"]*)" lang='([^']*)'>([^<>"']*)<\/p>$/.exec(
          html`<p title="${first}" lang='${second}'>${second}</p>`.markup,
        );
        expect(parts?.slice(1).map(unescaped)).toEqual([first, second, second]);
        expect(parts?.slice(1).join('')).not.toMatch(/[<>"']/);
      }),
    );
  });

  test('marks only what we trust as markup', () => {
    expect(html`${trustedHtml('<hr>')}${String(trustedHtml('<hr>'))}`.markup).toBe('<hr>&lt;hr&gt;');
    expect(escapeHtml('<script>')).toBe('&lt;script&gt;');
  });
});

describe('safeUrl', () => {
  test.each(['https://example.com/a?b=c', 'http://localhost:3000', 'HTTPS://EXAMPLE.COM'])('lets %s through', (url) => {
    expect(safeUrl(url)).toBe(url);
  });

  test.each([
    undefined,
    '',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JavaScript:alert(1)//https://example.com',
    'data:text/html,<script>',
    'vbscript:x',
    '//evil.example',
    '/path',
    ' https://example.com',
    'https:example.com',
    'https://',
    'file:///etc/passwd',
  ])('refuses %j', (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });
});

function unescaped(markup: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return markup.replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => characters[name] ?? '');
}
