import { describe, expect, test } from 'vitest';
import { html } from '../../../src/lib/html.ts';
import { type Page, sendPage } from '../../../src/web/ui/page.ts';
import { servePages } from '../../support/page-server.ts';

describe('a page', () => {
  test('has every header that keeps others out', async () => {
    const { headers, statusCode } = await pageOf({ title: 'Sign in', body: html`<p>Hello</p>` });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('publickey-credentials-get=(self)'),
    });
    expect(directivesOf(headers)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
      'form-action': "'self'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
  });

  test('asks for https from then on under https, and only there', async () => {
    const page = { title: 'Sign in', body: html`` };
    expect((await pageOf(page)).headers['strict-transport-security']).toBeUndefined();
    const { headers } = await pageOf(page, { CASTELLAN_PUBLIC_URL: 'https://id.example.com' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('has a language, a title, a way past the header, and its heading as its one h1', async () => {
    const { body } = await pageOf({ title: '<Ada>', body: html`<p>Hello</p>`, status: 400 });
    expect(body).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(body).toContain('<title>&lt;Ada&gt; · Castellan</title>');
    expect(body.match(/<h1>.*?<\/h1>/g)).toEqual(['<h1>&lt;Ada&gt;</h1>']);
    expect(body).toContain('<a class="skip-link" href="#content">');
    expect(body).toContain('id="content"');
    expect(body).toContain('name="viewport"');
  });

  test.each<[string, Page]>([
    ['a card', { title: 'Card', body: html`<p>Body</p>`, layout: 'card', scripts: ['form-post.js'] }],
    ['the console', { title: 'Console', body: html`<p>Body</p>`, layout: 'console', navigation: html`<nav></nav>` }],
  ])('in %s has nothing inline, and loads nothing but our assets', async (_layout, page) => {
    const { body } = await pageOf(page);
    expect(body).not.toMatch(/<style|\sstyle=|<script(?! src="\/assets\/)|\son[a-z]+=/);
    for (const [, address] of body.matchAll(/(?:src|href)="([^"]*)"/g))
      expect(address).toMatch(/^(\/assets\/[a-z-]+\.[\w-]{16}\.(css|js|svg)|\/|#content)$/);
  });

  test('may lead to the schemes of its form’s address, and then keeps the window that opened it', async () => {
    const { headers } = await pageOf({ title: 'Allow?', body: html``, formAction: ['https://rp.example/cb?a=b;c'] });
    expect(directivesOf(headers)['form-action']).toBe("'self' https:");
    expect(headers['cross-origin-opener-policy']).toBe('unsafe-none');
  });

  test.each([
    ['http://127.0.0.1:3000/cb', "'self' http: https:"],
    ['http://[::1]:3000/cb', "'self' http: https:"],
    ['com.example.app:/cb', "'self' com.example.app:"],
    ["HTTPS://rp.example/'unsafe-inline'", "'self' https:"],
  ])('lets a form lead to %s', async (address, formAction) => {
    const { headers } = await pageOf({ title: 'Allow?', body: html``, formAction: [address] });
    expect(directivesOf(headers)['form-action']).toBe(formAction);
  });

  test.each(['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'file:///etc', '/cb', ''])(
    'fails rather than let a form lead to %j',
    async (address) => {
      const { statusCode, headers } = await pageOf({ title: 'Allow?', body: html``, formAction: [address] });
      expect(statusCode).toBe(500);
      expect(directivesOf(headers)['form-action']).toBe("'self'");
    },
  );
});

async function pageOf(page: Page, settings: Record<string, string> = {}) {
  const { app } = await servePages((routes, context) => {
    routes.get('/', (_request, reply) => sendPage(context, reply, page));
  }, settings);
  return app.inject('/');
}

function directivesOf(headers: Record<string, unknown>): Record<string, string> {
  const directives = String(headers['content-security-policy']).split('; ');
  return Object.fromEntries(directives.map((directive) => directive.split(/ (.*)/, 2)));
}
