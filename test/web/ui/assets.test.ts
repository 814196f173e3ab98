import { readdirSync, readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadAssets } from '../../../src/lib/assets.ts';
import { servePages } from '../../support/page-server.ts';

const folder = 'src/web/ui/assets';

describe('an asset', () => {
  test.each([
    ['style.css', 'text/css; charset=utf-8'],
    ['page.js', 'text/javascript; charset=utf-8'],
    ['form-post.js', 'text/javascript; charset=utf-8'],
    ['logo.svg', 'image/svg+xml'],
  ])('%s is served for ever under an address of its content', async (name, contentType) => {
    const { app, context } = await servePages(() => {});
    const response = await app.inject(context.assets.url(name));
    expect(response.statusCode).toBe(200);
    expect(bare(response.body)).toBe(bare(readFileSync(`${folder}/${name}`, 'utf8')));
    expect(response.headers).toMatchObject({
      'content-type': contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  test('that is a stylesheet comes without its comments and indentation', async () => {
    const { context } = await servePages(() => {});
    for (const { name, content } of context.assets.all().filter((asset) => asset.name.endsWith('.css')))
      expect(content.toString('utf8'), name).not.toMatch(/\/\*|\n\s|\s\n/);
  });

  test('that the browser still has is not sent again', async () => {
    const { app, context } = await servePages(() => {});
    const url = context.assets.url('style.css');
    const { etag } = (await app.inject(url)).headers;
    const response = await app.inject({ url, headers: { 'if-none-match': String(etag) } });
    expect(response.statusCode).toBe(304);
    expect(response.body).toBe('');
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
    ['deflate', undefined, (bytes: Buffer) => bytes],
    [`br${', gzip'.repeat(500)}`, undefined, (bytes: Buffer) => bytes],
  ] as const)(
    'is the same, and smaller where it can be, for a browser that takes %s',
    async (accepted, encoding, decode) => {
      const { app, context } = await servePages(() => {});
      const url = context.assets.url('style.css');
      const headers = { 'accept-encoding': accepted };
      const response = await app.inject({ url, headers });
      const content = Buffer.from(context.assets.text('style.css'));
      expect(response.headers['content-encoding']).toBe(encoding);
      expect(response.headers.vary).toBe('accept-encoding');
      expect(decode(response.rawPayload)).toEqual(content);
      if (encoding !== undefined) expect(response.rawPayload.length).toBeLessThan(content.length / 3);
      const again = await app.inject({ url, headers: { ...headers, 'if-none-match': String(response.headers.etag) } });
      expect(again.statusCode).toBe(304);
    },
  );

  test('has another ETag in each encoding', async () => {
    const { app, context } = await servePages(() => {});
    const url = context.assets.url('page.js');
    const answers = await Promise.all(
      ['br', 'gzip', 'identity'].map((accepted) => app.inject({ url, headers: { 'accept-encoding': accepted } })),
    );
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
  });

  test.each([
    '/assets/style.css',
    '/assets/style.AAAAAAAAAAAAAAAA.css',
    '/assets/none.css',
    '/assets/..%2f..%2fpage.ts',
    '/assets/%2e%2e%2fpage.ts',
    '/assets/../../../package.json',
    '/assets/..%5cpage.ts',
    '/assets/__proto__',
    '/assets/constructor',
    '/assets/%00',
    '/assets/',
  ])('is not found at %s', async (url) => {
    const { app } = await servePages(() => {});
    expect((await app.inject(url)).statusCode).toBe(404);
  });

  test('has an address that changes with its content', () => {
    const assets = loadAssets();
    expect(new Set(assets.all().map((asset) => asset.etag)).size).toBe(assets.all().length);
    expect(assets.url('style.css')).toMatch(/^\/assets\/style\.[\w-]{16}\.css$/);
  });

  test('of every file in the folder is there, and no other', () => {
    const assets = loadAssets();
    expect(assets.all().map(({ name }) => name)).toEqual(readdirSync(folder).sort());
    expect(() => assets.url('none.css')).toThrow('there is no asset none.css');
    expect(assets.text('logo.svg')).toContain('<title>Castellan</title>');
  });
});

test('no script writes markup, and nothing comes from another origin', () => {
  for (const asset of loadAssets().all()) {
    const text = asset.content.toString('utf8');
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|url\(/);
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
  }
});

/** What is left of a file when nobody reads it. */
const bare = (text: string): string => text.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, '');
