import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../../src/lib/html.ts';
import { requireSameOrigin } from '../../../src/web/ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../../src/web/ui/button.ts';
import { hiddenField, passwordField, textField } from '../../../src/web/ui/form.ts';
import { copyable } from '../../../src/web/ui/list.ts';
import { sendPage } from '../../../src/web/ui/page.ts';
import { launchBrowser } from '../../support/browser.ts';
import { servePages } from '../../support/page-server.ts';

/** What only a browser can tell: that the headers of our pages let through what must pass, and nothing else. */
describe('in Chromium', () => {
  let browser: Browser;

  beforeAll(async () => {
    // Names of our own: over plain http only localhost is trusted with Sec-Fetch-Site.
    browser = await launchBrowser(['--host-resolver-rules=MAP *.test 127.0.0.1']);
  }, 180_000);

  afterAll(() => browser?.close());

  test('a form passes through our page and the application’s to wherever that leads', async () => {
    const { port } = await serve((app, at) => {
      app.get('/cb', (_request, reply) => reply.redirect(`${at('app.test')}/home`, 303));
      app.get('/home', () => 'at home');
    });
    const page = await browser.newPage();
    await page.goto(`http://op.test:${port}/consent`);
    await page.click('#consent-allow');
    await page.waitForURL(`http://app.test:${port}/home`);
    expect(await page.textContent('body')).toBe('at home');
    await page.close();
  });

  test('a form of ours passes the same-origin check over plain http, where there is only Origin', async () => {
    const { port } = await serve();
    const page = await browser.newPage();
    await page.goto(`http://op.test:${port}/form`);
    await page.click('button[type=submit]');
    expect(await page.textContent('body')).toBe('{"origin":true,"site":false}');
    await page.close();
  });

  test('a form of another site is refused', async () => {
    const { port } = await serve((app, at) => {
      app.get('/evil', (_request, reply) =>
        reply.type('text/html').send(`<form method="post" action="${at('op.test')}/form"><button>x</button></form>`),
      );
    });
    const page = await browser.newPage();
    await page.goto(`http://evil.test:${port}/evil`);
    await page.click('button');
    expect(await page.textContent('#error-message')).toContain('nothing was done');
    await page.close();
  });

  test('an application that opened us in a popup still has that window afterwards', async () => {
    const { port } = await serve((app) => {
      app.get('/opener', (_request, reply) => reply.type('text/html').send('<title>waiting</title>'));
      app.get('/cb', (_request, reply) =>
        reply.type('text/html').send('<script>opener.postMessage("signed in", "*")</script>'),
      );
    });
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/opener`);
    const opened = page.waitForEvent('popup');
    await page.evaluate(
      `onmessage = ({ data }) => { document.title = data }; open('http://127.0.0.1:${port}/consent')`,
    );
    const popup = await opened;
    await popup.click('#consent-allow');
    await page.waitForFunction('document.title === "signed in"');
    await page.context().close();
  });

  test('a form post goes on by itself, with what was in it', async () => {
    const { port } = await serve((app) => {
      app.post('/cb', ({ body }) => ({ body }));
    });
    const page = await browser.newPage();
    await page.goto(`http://op.test:${port}/form-post`);
    await page.waitForURL(`http://rp.test:${port}/cb`);
    expect(await page.textContent('body')).toBe('{"body":"code=a%22b&submit=c"}');
    await page.close();
  });

  test('values are copied, passwords shown and hidden, and no script or style is blocked', async () => {
    const { port } = await serve();
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`http://localhost:${port}/parts`);
    await page.click('text=Copy');
    await page.waitForSelector('text=Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('"the" value');
    await page.fill('#field-password', 'secret');
    await page.click('text=Show');
    expect(await page.getAttribute('#field-password', 'type')).toBe('text');
    await page.click('text=Hide');
    expect(await page.getAttribute('#field-password', 'type')).toBe('password');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('without scripts there are no buttons that do nothing', async () => {
    const { port } = await serve();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`http://localhost:${port}/parts`);
    expect(await page.locator('main button:visible').count()).toBe(0);
    await page.goto(`http://localhost:${port}/form-post`);
    expect(await page.locator('main button:visible').count()).toBe(1);
    await context.close();
  });
});

type Routes = (app: FastifyInstance, at: (host: string) => string) => void;

/** Our pages and the application's, at one port under many names. */
async function serve(more: Routes = () => {}): Promise<{ port: number }> {
  let port = 0;
  const at = (host: string) => `http://${host}:${port}`;
  // The public URL is read at each request, when the port is known.
  const settings = { CASTELLAN_PUBLIC_URL: 'http://localhost:9000' };
  const { app } = await servePages((routes, opened) => {
    const context = {
      ...opened,
      config: {
        ...opened.config,
        get publicUrl() {
          return at('op.test');
        },
      },
    };
    routes.get('/consent', (_request, reply) => {
      const allow = submitButton({ label: 'Allow', id: 'consent-allow' });
      const body = postForm({ action: '/consent', body: buttonRow(allow) });
      return sendPage(context, reply, { title: 'Allow?', body, formAction: [`${at('rp.test')}/cb`] });
    });
    routes.post('/consent', (request, reply) => {
      const host = request.headers.host?.startsWith('127.0.0.1') ? 'localhost' : 'rp.test';
      return reply.redirect(`${at(host)}/cb`, 303);
    });
    routes.get('/form', (_request, reply) =>
      sendPage(context, reply, { title: 'Form', body: postForm({ body: submitButton({ label: 'Send' }) }) }),
    );
    routes.post('/form', { preHandler: async (request) => requireSameOrigin(context, request) }, ({ headers }) => ({
      origin: headers.origin !== undefined,
      site: headers['sec-fetch-site'] !== undefined,
    }));
    routes.get('/form-post', (_request, reply) => {
      const action = `${at('rp.test')}/cb`;
      const fields = html`${hiddenField('code', 'a"b')}${hiddenField('submit', 'c')}`;
      const body = postForm({ action, body: html`${fields}${submitButton({ label: 'Continue' })}` });
      return sendPage(context, reply, { title: 'One moment', body, scripts: ['form-post.js'], formAction: [action] });
    });
    routes.get('/parts', (_request, reply) => {
      const password = passwordField({ name: 'password', label: 'Password' });
      const username = textField({ name: 'username', label: 'User name', autocomplete: 'username' });
      const body = postForm({ body: html`${copyable('"the" value', 'the value')}${username}${password}` });
      return sendPage(context, reply, { title: 'Parts', body });
    });
    more(routes, at);
  }, settings);
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
  return { port };
}
