/** Every route that Fastify knows, in a house where everything has a name that would run if it were taken for markup. */
import type { LightMyRequestResponse } from 'fastify';
import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf } from '../../src/identity/mails.ts';
import { htmlBody, plainBody } from '../../src/lib/mail-body.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { evil } from '../support/console.ts';
import { evilWord, type FullHouse, startFullHouse } from '../support/full-house.ts';
import type { TestBrowser } from '../support/provider.ts';
import { printedRoutes } from '../support/routes.ts';

let house: FullHouse;
let all: { method: string; path: string }[];
beforeAll(async () => {
  house = await startFullHouse();
  all = printedRoutes(house.app.printRoutes({ commonPrefix: false })).map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path };
  });
});
afterAll(() => house.close());

const routesOf = (wanted: string) => all.filter(({ method }) => method === wanted).map(({ path }) => path);
const urlOf = (path: string) => path.replaceAll(/:(\w+)/g, (_match, name: string) => house.things[name] ?? name);
const visitors = () => [house.nobody, house.user, house.administrator];
const cookieOf = (browser: TestBrowser) => [...browser.cookies].map((pair) => pair.join('=')).join('; ');

async function wholeDatabase(): Promise<Record<string, unknown[]>> {
  const { database } = house.context;
  const tables = await database.listTables();
  const rows = await Promise.all(tables.map((table) => database.all(raw(`SELECT * FROM ${table}`))));
  return Object.fromEntries(tables.map((table, index) => [table, rows[index] ?? []]));
}

/** What programs send, who have no cookies: what they may do is said by what they bring. */
const forPrograms =
  /^\/oidc\/(?:oauth2\/(?:token|par|introspect|device\/auth|revoke)|userinfo|register(?:\/:client_id)?)$/;
/** What an application sends a browser with; it becomes a GET, and nothing has happened. */
const crossings = /^\/oidc\/oauth2\/(?:auth|logout)$/;

describe('a form that another site sends', () => {
  const origin = 'https://id.example';
  const senders: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site', origin },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'https://sub.id.example' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'none' },
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'https://id.example.evil.example' },
    { origin: 'http://id.example' },
    { referer: `${origin}/account` },
    {},
  ];
  const forms = 'application/x-www-form-urlencoded';
  const bodies: [type: string | undefined, payload: string][] = [
    [forms, 'decision=confirm&username=x&password=y&code=1&_method=PUT'],
    ['text/plain', 'decision=confirm'],
    ['application/json', '{"decision":"confirm"}'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="picture"\r\n\r\nx\r\n--x--\r\n'],
    [undefined, ''],
  ];

  test('is refused by every route that takes one, whoever is signed in, and changes nothing', async () => {
    const paths = routesOf('POST').filter((path) => !forPrograms.test(path) && !crossings.test(path));
    expect(paths.length).toBeGreaterThan(80);
    const before = await wholeDatabase();
    const taken: string[] = [];
    for (const path of paths)
      for (const sender of senders)
        for (const [type, payload] of bodies)
          for (const browser of type === forms ? visitors() : [house.administrator]) {
            const headers = {
              ...sender,
              cookie: cookieOf(browser),
              ...(type !== undefined && { 'content-type': type }),
            };
            const { statusCode, headers: answer } = await house.app.inject({
              method: 'POST',
              url: urlOf(path),
              headers,
              payload,
            });
            const isRefused = statusCode === 403 || (statusCode === 415 && type !== forms);
            if (!isRefused || answer['set-cookie'] !== undefined)
              taken.push(`${path} ${JSON.stringify(sender)} ${type}: ${statusCode}`);
          }
    expect(taken).toEqual([]);
    expect(await wholeDatabase()).toEqual(before);
  }, 120_000);

  test('is a GET where applications may send one, and does nothing yet', async () => {
    const before = await wholeDatabase();
    for (const path of routesOf('POST').filter((each) => crossings.test(each)))
      for (const sender of senders) {
        const headers = {
          ...sender,
          cookie: cookieOf(house.user),
          'content-type': 'application/x-www-form-urlencoded',
        };
        const answer = await house.app.inject({ method: 'POST', url: path, headers, payload: 'decision=confirm' });
        expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([303, undefined]);
      }
    expect(await wholeDatabase()).toEqual(before);
  });

  test('has no say where programs call: a cookie is worth nothing there', async () => {
    const before = await wholeDatabase();
    for (const { method, path } of all.filter(
      (route) => forPrograms.test(route.path) && !['OPTIONS', 'HEAD'].includes(route.method),
    ))
      for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain']) {
        const { client_id } = house.client;
        const payload = type.endsWith('json') ? '{}' : `client_id=${client_id}&token=x`;
        const headers = { origin: 'https://evil.example', cookie: cookieOf(house.administrator), 'content-type': type };
        const url = urlOf(path);
        const answer = await house.app.inject({
          method: method === 'GET' ? 'GET' : 'POST',
          url,
          headers,
          ...(method !== 'GET' && { payload }),
        });
        expect([400, 401, 404, 405, 415]).toContain(answer.statusCode);
        expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      }
    const { throttles: _counted, ...after } = await wholeDatabase();
    const { throttles: _before, ...expected } = before;
    expect(after).toEqual(expected);
  });
});

describe('a page that is opened', () => {
  test('changes nothing, whoever opens it, with everything in place that its address names', async () => {
    const before = await wholeDatabase();
    const ways = [{}, { 'x-http-method-override': 'POST' }, { 'x-http-method': 'DELETE' }];
    for (const path of [...routesOf('GET').map(urlOf), ...house.visits.map(([, url]) => url)])
      for (const browser of visitors()) {
        const [first = {}, ...more] = ways;
        await house.app.inject({ method: 'GET', url: ours(path), headers: { ...first, cookie: cookieOf(browser) } });
        for (const way of more)
          await house.app.inject({
            method: 'GET',
            url: `${ours(path)}${path.includes('?') ? '&' : '?'}_method=POST&decision=confirm`,
            headers: { ...way, cookie: cookieOf(browser) },
          });
        await house.app.inject({ method: 'HEAD', url: ours(path), headers: { cookie: cookieOf(browser) } });
      }
    for (const [browser, url] of house.visits)
      await house.app.inject({ method: 'GET', url: ours(url), headers: { cookie: cookieOf(browser) } });
    expect(await wholeDatabase()).toEqual(before);
  }, 120_000);

  test('shows every name as text, and nothing on it can run', async () => {
    const shown = new Set<string>();
    for (const [browser, url] of [
      ...routesOf('GET').flatMap((path) => visitors().map((browser) => [browser, urlOf(path)] as const)),
      ...house.visits,
    ]) {
      const answer = await house.app.inject({ method: 'GET', url: ours(url), headers: { cookie: cookieOf(browser) } });
      if (runs(answer)) throw new Error(`${url} has markup that others wrote`);
      if (answer.body.includes('&lt;img')) shown.add(url.replace(/\?.*/, ''));
    }
    for (const path of [
      '/',
      '/account',
      '/account/security',
      '/account/sessions',
      '/account/applications',
      '/account/data',
    ])
      expect(shown).toContain(path);
    for (const path of [
      '/login',
      '/login/second-factor',
      '/consent',
      '/select-account',
      '/invitation',
      '/recovery',
      '/device',
    ])
      expect(shown).toContain(path);
    for (const path of [
      '',
      '/clients',
      '/users',
      '/invitations',
      '/identity-providers',
      '/resources',
      '/audit',
      '/appearance',
    ])
      expect(shown).toContain(`/admin${path}`);
  });
});

describe('an address in a parameter', () => {
  const elsewhere = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    'https://id.example@evil.example/',
    'https://id.example.evil.example/',
    '/a\r\nSet-Cookie: x=y',
    '/€',
  ];
  const names = ['return', 'return_to', 'return_url', 'next', 'continue', 'continuation', 'back', 'rd', 'url', 'goto'];
  const more = ['redirect', 'redirect_url', 'redirect_uri', 'post_logout_redirect_uri', 'RelayState', 'path', 'state'];
  const ours = ['asked', 'newcomer', 'token', 'user_code', 'method', 'setup', 'received', 'decision', 'name', 'q'];

  test('leads to no other site and breaks nothing, whatever it is called and whoever follows it', async () => {
    const followed: string[] = [];
    for (const address of elsewhere)
      for (const { method, path } of all.filter((route) => ['GET', 'POST'].includes(route.method))) {
        if (/remove|delete|disable|reset|end$/.test(path) && method === 'POST') continue;
        const query = new URLSearchParams([...names, ...more, ...ours].map((name) => [name, address])).toString();
        for (const browser of [house.nobody, house.user]) {
          const answer = await house.app.inject({
            method: method === 'POST' ? 'POST' : 'GET',
            url: method === 'POST' ? urlOf(path) : `${urlOf(path)}?${query}`,
            headers: {
              ...{ origin: 'https://id.example', 'sec-fetch-site': 'same-origin', cookie: cookieOf(browser) },
              ...{
                host: 'evil.example',
                'x-forwarded-host': 'evil.example',
                referer: address.replace(/[^\x20-\x7e]/g, ''),
              },
              ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
            },
            ...(method === 'POST' && { payload: query }),
          });
          const { location, refresh, link } = answer.headers;
          const target =
            location === undefined ? 'https://id.example' : new URL(String(location), 'https://id.example/x').origin;
          const isCalm = answer.statusCode < 500 && !String(answer.headers['set-cookie']).includes('x=y');
          const isOurs = target === 'https://id.example' || target === 'https://github.com';
          if (
            !isOurs ||
            !isCalm ||
            refresh !== undefined ||
            link !== undefined ||
            /(?:href|action|src)="(?:https?:|[\\/]{2}|javascript:)[^"]*evil\.example/.test(answer.body)
          )
            followed.push(`${method} ${path} ${address}: ${String(location)}`);
        }
      }
    expect(followed).toEqual([]);
  }, 120_000);
});

test('what the scripts of visitors ask leaves nothing behind, however often they ask', async () => {
  const before = await wholeDatabase();
  const headers = { origin: 'https://id.example', 'sec-fetch-site': 'same-origin' };
  const challenges = new Set<string>();
  for (let time = 0; time < 200; time++) {
    const answer = await house.app.inject({ method: 'POST', url: '/login/passkey/options', headers });
    expect(answer.json().allowCredentials).toEqual([]);
    challenges.add(answer.json().challenge);
  }
  expect(challenges.size).toBe(200);
  expect(await wholeDatabase()).toEqual(before);
});

test('a form that comes back has what was typed as text, in every field', async () => {
  const names = [
    'username',
    'email',
    'name',
    'code',
    'current_password',
    'user_code',
    'label',
    'note',
    'groups',
    'list',
  ];
  const form = new URLSearchParams(
    [...names, 'identifier', 'scope', 'redirect_uris', 'website', 'locale', 'client_name'].map((name) => [name, evil]),
  );
  let shown = 0;
  for (const path of routesOf('POST').filter(
    (each) => !forPrograms.test(each) && !/remove|delete|disable|logout|end$/.test(each),
  ))
    for (const browser of visitors()) {
      const answer = await house.app.inject({
        method: 'POST',
        url: urlOf(path),
        headers: {
          ...{ origin: 'https://id.example', 'sec-fetch-site': 'same-origin', cookie: cookieOf(browser) },
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: form.toString(),
      });
      if (runs(answer)) throw new Error(`${path} gives markup back`);
      if (answer.body.includes('&lt;img')) shown += 1;
    }
  expect(shown).toBeGreaterThan(10);
});

test('a mail has every name as text, in both its forms', async () => {
  const { context } = house;
  const mails = (await listOutgoingMails(context.database, { limit: 200 })).flatMap(
    (mail) => contentOf(context, mail) ?? [],
  );
  expect(new Set(mails.map(({ subject }) => subject)).size).toBeGreaterThan(5);
  const bodies = mails.map((content) => htmlBody(content, { name: evil, accent: '#17614f' }));
  for (const body of bodies) expect(body).not.toMatch(/<img|<script|<b>|\son\w+=[^&]*>/i);
  expect(bodies.filter((body) => body.includes('&lt;img')).length).toBe(bodies.length);
  // A plain mail is no markup; nothing of a name may look like another line of it.
  for (const content of mails) expect(plainBody(content, { name: evil })).not.toMatch(/\r/);
});

test('a table to be opened in a spreadsheet has no cell that is a formula', async () => {
  const { statusCode, headers, body } = await house.app.inject({
    url: urlOf('/admin/invitations/lists/:list_id/links.csv'),
    headers: { cookie: cookieOf(house.administrator) },
  });
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/csv/);
  expect(headers['content-disposition']).toMatch(/^attachment/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(body).toContain(evil);
  expect(body).not.toMatch(/(^|[,\n])"?[=+@-]/);
});

test('names are in no answer that a browser could take for another kind than it is', async () => {
  for (const [browser, path] of [
    ...routesOf('GET').flatMap((each) => visitors().map((visitor) => [visitor, urlOf(each)] as const)),
    ...house.visits,
  ]) {
    const { headers, body } = await house.app.inject({ url: ours(path), headers: { cookie: cookieOf(browser) } });
    expect(headers['x-content-type-options']).toBe('nosniff');
    if (!/<img[ /]src=x|<b>/i.test(body)) continue;
    expect(headers['content-type']).toMatch(/^(application\/json|text\/csv)/);
  }
});

const ours = (url: string) =>
  url.replace('https://id.example', '').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll(' ', '%20');

/** Whether a page has markup that is not ours. */
function runs({ headers, body }: LightMyRequestResponse): boolean {
  if (!String(headers['content-type']).startsWith('text/html')) return false;
  const policy = String(headers['content-security-policy']);
  const isGuarded =
    policy.includes("default-src 'none'") &&
    policy.includes("require-trusted-types-for 'script'") &&
    policy.includes("trusted-types 'none'") &&
    !/unsafe/.test(policy);
  const isPlain = !/<script(?![^>]*src=)|<style|\son[a-z]+=["'a-z]|style="|javascript:/i.test(
    body.replaceAll(/&lt;.*?&gt;/g, ''),
  );
  return !isGuarded || !isPlain || body.includes(evil) || body.includes(evilWord) || /<b>(gil|fay)/.test(body);
}
