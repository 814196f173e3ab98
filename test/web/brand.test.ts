import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { houseName } from '../../src/identity/brands/index.ts';
import { removeClient } from '../../src/protocol/clients.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { type Console, evil, startConsole, textOf } from '../support/console.ts';
import { sendFileTo } from '../support/form-files.ts';
import { jpeg, png, webp } from '../support/pictures.ts';
import { actor } from '../support/provider.ts';

const page = '/admin/appearance';
let console: Console;

beforeAll(async () => {
  console = await startConsole({ settings: { CASTELLAN_PUBLIC_URL: 'https://id.example' } });
});
afterAll(() => console.close());

const save = (form: Record<string, string>, path = page) => console.admin.post(path, form);
const signInPage = async () => (await console.browser().open('/login')).body;
const stylesheetIn = (body: string) => /href="(\/brand\/[^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
const cssOf = async (body: string) => (await console.app.inject(stylesheetIn(body))).body;

async function signInPageFor(client_id: string): Promise<string> {
  return (await console.browser().open(authorizationUrl({ client_id }))).body;
}

describe('the house', () => {
  test('without a brand loads no stylesheet but ours, and is called as its host', async () => {
    const body = await signInPage();
    expect(stylesheetIn(body)).toBe('');
    expect(body).toContain('<title>Sign in · id.example</title>');
    expect(await houseName(console.context)).toBe('id.example');
  });

  test('has its name in headings, titles and mails, its sentence and its links, at once and as text', async () => {
    const links = { help_uri: 'https://example.com/help', imprint_uri: 'https://example.com/imprint?a=1&b="' };
    await save({
      name: evil,
      note: `${evil}\nAsk Bob.`,
      de: 'Fragen Sie Bob.',
      ...links,
      imprint_uri: 'https://example.com/imprint?a=1&b=2',
    });
    const body = await signInPage();
    expect(body).toContain('<title>Sign in · &lt;img src=x onerror=alert(1)&gt;</title>');
    expect(body).toContain('<span>&lt;img src=x onerror=alert(1)&gt;</span>');
    expect(body).not.toContain(evil);
    expect(body).toContain('<a href="https://example.com/imprint?a=1&amp;b=2" rel="noopener">Legal notice</a>');
    expect(body).toContain('Ask Bob.');
    const german = await console.browser().get('/login', { 'accept-language': 'de' });
    expect(german.body).toContain('<p class="brand-note" lang="de">Fragen Sie Bob.</p>');
    expect(german.body).toContain('>Impressum</a>');
    expect(await houseName(console.context)).toBe(evil);
  });

  test('has its colours in a stylesheet of its own, kept for ever under an address that changes with them', async () => {
    await save({ accent: '#0055CC', background: '#eef4ff', corners: 'square' });
    const first = stylesheetIn(await signInPage());
    const answer = await console.app.inject(first);
    expect(answer.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.body).toContain('--accent: #0055cc;');
    expect(answer.body).toContain('--stage: #eef4ff;');
    expect(answer.body).toContain('--radius: 0;');
    await save({ accent: '#aa0000' });
    const second = stylesheetIn(await signInPage());
    expect(second).not.toBe(first);
    expect((await console.app.inject(first)).headers['cache-control']).toBe('no-store');
    expect((await console.app.inject(first)).body).toContain('--accent: #aa0000;');
  });

  test.each([
    ['a colour that is none', { accent: 'red' }, 'Write a colour'],
    ['a colour with a rule behind it', { background: '#ffffff;}body{display:none' }, 'Write a colour'],
    ['a link that runs', { help_uri: 'javascript:alert(1)' }, 'Write a whole address'],
    [
      'a link that leaves its attribute',
      { privacy_uri: 'https://a.example/"onclick="alert(1)' },
      'Write a whole address',
    ],
    ['a name that is too long', { name: 'x'.repeat(61) }, 'at most 60'],
    ['a sentence that is too long', { note: 'x'.repeat(501) }, 'at most 500'],
    ['a form of corners that there is not', { corners: 'wavy' }, 'Invalid option'],
  ])('refuses %s, and keeps what was there', async (_what, form, sentence) => {
    const before = await signInPage();
    const answer = await save(form);
    expect(answer.statusCode).toBe(400);
    expect(textOf(answer)).toContain(sentence);
    expect(await signInPage().then(stylesheetIn)).toBe(stylesheetIn(before));
  });

  test('is as before once it is reset', async () => {
    await save({ name: 'Example', accent: '#aa0000' });
    await sendFileTo(console.admin, console, `${page}/logo`, png(64, 64));
    expect((await console.admin.get(`${page}/reset`)).body).toContain('id="confirm"');
    await console.admin.post(`${page}/reset`, {});
    const body = await signInPage();
    expect(body).toContain('· id.example</title>');
    expect(body).not.toContain('/brand');
  });
});

describe('a picture', () => {
  test.each([
    ['PNG', png(64, 64), 'image/png'],
    ['JPEG', jpeg(), 'image/jpeg'],
    ['WebP', webp(), 'image/webp'],
  ])('may be a %s, known by its content, and is shown with its size', async (_name, file, type) => {
    const answer = await sendFileTo(console.admin, console, `${page}/logo`, file, {
      filename: 'x.svg',
      type: 'image/svg+xml',
    });
    expect(answer.statusCode).toBe(303);
    const body = await signInPage();
    const url = /<img src="(\/brand-image\/[0-9a-f]{32})" alt="" width="32" height="32">/.exec(body)?.[1] ?? '';
    const image = await console.app.inject(url);
    expect(image.headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(image.rawPayload).toEqual(file);
  });

  test('much wider than high stands for the name', async () => {
    await save({ name: 'Example' });
    await sendFileTo(console.admin, console, `${page}/logo`, png(448, 64));
    expect(await signInPage()).toMatch(
      /<div class="brand"><img src="[^"]+" alt="Example" width="224" height="32"><\/div>/,
    );
  });

  test('for the night stands beside the one for the day', async () => {
    await sendFileTo(console.admin, console, `${page}/logo-dark`, png(448, 64));
    expect(await signInPage()).toMatch(
      /<picture><source media="\(prefers-color-scheme: dark\)" srcset="\/brand-image\//,
    );
  });

  test('as the background is fetched only where there is room', async () => {
    await sendFileTo(console.admin, console, `${page}/background`, png(1600, 900));
    const css = await cssOf(await signInPage());
    expect(css).toMatch(
      /@media \(min-width: 32rem\) \{\n\.card-layout\.staged \{ background: url\(\/brand-image\/[0-9a-f]{32}\)/,
    );
    await console.admin.post(`${page}/background/remove`, {});
    expect(stylesheetIn(await signInPage())).toBe('');
  });

  test.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page called PNG', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', Buffer.alloc(0)],
    ['a file that is too large', Buffer.concat([png(64, 64), Buffer.alloc(131_072)])],
    ['a picture with too many pixels', png(2049, 64)],
    ['a picture that nobody would see', png(15, 64)],
  ])('that is %s is refused', async (_what, file) => {
    const answer = await sendFileTo(console.admin, console, `${page}/logo`, file);
    expect(answer.statusCode).toBe(400);
    expect(textOf(answer)).toContain('Choose a ');
  });

  test.each([
    ['anybody', 'nobody'],
    ['somebody who is no administrator', 'user'],
  ])('is not taken from %s', async (_who, who) => {
    const browser = console.browser();
    if (who === 'user') {
      await console.addUser({ username: 'bob', email: 'bob@example.com' });
      await browser.signIn('bob');
    }
    const answer = await sendFileTo(browser, console, `${page}/logo`, png(22, 22));
    expect(answer.statusCode).toBe(who === 'user' ? 403 : 303);
    expect((await signInPage()).includes('width="22"')).toBe(false);
  });

  test('is not taken from a page of another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const answer = await sendFileTo(console.admin, console, `${page}/logo`, png(22, 22), { headers });
    expect(answer.statusCode).toBe(403);
  });
});

describe('an application', () => {
  test('has its own name, logo and colours while somebody signs in for it, and nowhere else', async () => {
    await save({ name: 'House', accent: '#aa0000', background: '#eeeeee', help_uri: 'https://example.com/help' });
    const { client_id } = await console.register({ client_name: 'Wiki' });
    const path = `/admin/clients/${client_id}/appearance`;
    await save({ name: 'Wiki World', accent: '#0055cc' }, path);
    await sendFileTo(console.admin, console, `${path}/logo`, png(40, 40));
    const body = await signInPageFor(client_id);
    expect(body).toContain('· Wiki World</title>');
    expect(body).toContain('https://example.com/help');
    expect(stylesheetIn(body)).toContain(`?client_id=${client_id}`);
    const css = await cssOf(body);
    expect(css).toContain('--accent: #0055cc;');
    expect(css).toContain('--stage: #eeeeee;');
    const own = await signInPage();
    expect(own).toContain('· House</title>');
    expect(await cssOf(own)).toContain('--accent: #aa0000;');
  });

  test('with a name alone is not met beside the logo of the house', async () => {
    await sendFileTo(console.admin, console, `${page}/logo`, png(448, 64));
    const { client_id } = await console.register({ client_name: 'Shop' });
    expect(await signInPageFor(client_id)).toContain('/brand-image/');
    await save({ name: 'Shop' }, `/admin/clients/${client_id}/appearance`);
    expect(await signInPageFor(client_id)).not.toContain('/brand-image/');
  });

  test('takes its looks along when it is removed', async () => {
    const { client_id } = await console.register({}, { client_id: 'twice' });
    await save({ name: 'First' }, `/admin/clients/${client_id}/appearance`);
    await removeClient(console.context, client_id, actor);
    await console.register({}, { client_id });
    expect(await signInPageFor(client_id)).not.toContain('First');
  });

  test('that there is not has no page', async () => {
    expect((await console.admin.get('/admin/clients/none/appearance')).statusCode).toBe(404);
    expect((await save({ name: 'None' }, '/admin/clients/none/appearance')).statusCode).toBe(404);
  });
});

test('the sample takes what is well formed of what is typed, and nothing else', async () => {
  const sample = async (query: Record<string, string>) =>
    (await console.app.inject(`/brand/sample.css?${new URLSearchParams(query)}`)).body;
  expect(await sample({ accent: '#123456' })).toContain('--fill: #123456;');
  expect(await sample({ accent: '#12345' })).not.toContain('#12345;');
  expect(await sample({ background: '#fff}body{display:none' })).not.toContain('display');
});
