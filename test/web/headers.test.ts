/**
 * Every route there is, against one table of what each kind of route promises. A new route needs a row here: choose
 * its kind, and the tests of that kind hold it to it.
 */

import type { LightMyRequestResponse } from 'fastify';
import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listClientSecrets } from '../../src/storage/client-secrets.ts';
import { locationOf, type Provider, startProvider, type TestBrowser } from '../support/provider.ts';
import { printedRoutes } from '../support/routes.ts';

/** What programs may read and keep. */
const documents = [
  'OPTIONS GET HEAD /oidc/.well-known/openid-configuration',
  'OPTIONS GET HEAD /oidc/.well-known/oauth-authorization-server',
  'OPTIONS GET HEAD /.well-known/openid-configuration/oidc',
  'OPTIONS GET HEAD /.well-known/oauth-authorization-server/oidc',
  'OPTIONS GET HEAD /oidc/.well-known/jwks.json',
  'OPTIONS GET HEAD /.well-known/oauth-protected-resource/oidc',
];

/** What programs call, and answers JSON that nobody keeps. */
const endpoints = [
  'OPTIONS POST /oidc/oauth2/token',
  'OPTIONS POST /oidc/oauth2/par',
  'POST /oidc/oauth2/introspect',
  'POST /oidc/oauth2/device/auth',
  'OPTIONS POST /oidc/oauth2/revoke',
  'OPTIONS GET POST /oidc/userinfo',
  'OPTIONS POST /oidc/register',
  'OPTIONS GET PUT DELETE /oidc/register/:client_id',
  'GET /healthz',
  'GET /readyz',
];

/** Where applications send a browser, from their own sites too: a POST becomes a GET before anything is looked at. */
const crossings = ['GET POST /oidc/oauth2/auth', 'GET POST /oidc/oauth2/logout'];

/** What stands in a frame of an application's page, and what that asks; both without a cookie of ours. */
const frames = ['GET /oidc/check-session', 'GET /oidc/check-session/origin'];

/** What everybody may open; a form is taken from our own pages alone. */
const pages = [
  'GET /',
  'GET POST /login',
  'GET /login/step-up',
  'GET POST /login/second-factor',
  'POST /login/passkey',
  'GET POST /login/new-password',
  'GET POST /login/email',
  'GET POST /login/email/code',
  'GET POST /login/email/link',
  'GET /login/with/:provider',
  'GET /login/with/:provider/callback',
  'GET POST /login/with/:provider/new',
  'GET POST /login/with/:provider/connect',
  'GET POST /consent',
  'GET POST /select-account',
  'GET POST /device',
  'GET POST /device/confirm',
  'GET /device/done',
  'GET /device/qr.svg',
  'GET /client-logo/:client_id',
  'GET /picture/:picture_id',
  'GET /brand-image/:image_id',
  'POST /language',
  'POST /passkey-offer',
  'POST /logout',
  'GET /signed-out',
  'GET /account-deleted',
  'GET POST /setup',
  'GET POST /invitation',
  'GET POST /sign-up',
  'GET POST /sign-up/code',
  'GET POST /sign-up/link',
  'GET /sign-up/waiting',
  'GET POST /recovery',
  'GET /recovery/done',
  'GET POST /recovery/email',
  'GET POST /forgot-password',
  'GET /forgot-password/done',
  'GET POST /playground/callback',
];

/** What only administrators may open and do. */
const consolePages = [
  'GET POST /playground',
  'GET /playground/answer',
  'GET POST /playground/tokens',
  'POST /playground/refresh',
  'GET /playground/userinfo',
  'GET /admin',
  'GET /admin/mails',
  'POST /admin/mails/test',
  'POST /admin/mails/:mail_id/show',
  'GET /admin/clients',
  'GET POST /admin/clients/new',
  'GET /admin/clients/:client_id',
  'GET POST /admin/clients/:client_id/settings',
  'GET POST /admin/clients/:client_id/secrets',
  'GET POST /admin/clients/:client_id/secrets/:secret_id/remove',
  'POST /admin/clients/:client_id/enable',
  'POST /admin/clients/:client_id/disable',
  'GET POST /admin/clients/:client_id/remove',
  'GET /admin/users',
  'GET POST /admin/users/new',
  'GET POST /admin/users/:user_id',
  'POST /admin/users/:user_id/approve',
  'POST /admin/users/:user_id/refuse',
  'GET /admin/invitations',
  'GET POST /admin/invitations/new',
  'GET POST /admin/invitations/import',
  'GET /admin/invitations/lists/:list_id',
  'GET /admin/invitations/lists/:list_id/links.csv',
  'GET /admin/invitations/:invitation_id',
  'POST /admin/invitations/:invitation_id/remove',
  'GET /admin/users/:user_id/access',
  'POST /admin/users/:user_id/access/recovery-link',
  'POST /admin/users/:user_id/access/providers/disconnect',
  'GET POST /admin/users/:user_id/access/remove',
  'POST /admin/users/:user_id/access/enable',
  'POST /admin/users/:user_id/access/disable',
  'POST /admin/users/:user_id/access/sessions/end',
  'POST /admin/users/:user_id/access/sessions/:session_id/end',
  'GET POST /admin/users/:user_id/access/password',
  'GET POST /admin/users/:user_id/access/second-factors',
  'GET POST /admin/users/:user_id/access/administrator',
  'GET /admin/identity-providers',
  'GET POST /admin/identity-providers/new',
  'GET POST /admin/identity-providers/:name',
  'GET /admin/identity-providers/:name/test',
  'POST /admin/identity-providers/:name/enable',
  'GET POST /admin/identity-providers/:name/disable',
  'GET POST /admin/identity-providers/:name/remove',
  'GET /admin/resources',
  'GET POST /admin/resources/new',
  'GET POST /admin/resources/edit',
  'GET POST /admin/resources/remove',
  'GET POST /admin/registration-tokens',
  'GET POST /admin/registration-tokens/:token_id/remove',
  'GET /admin/keys',
  'GET POST /admin/keys/rotate',
  'GET /admin/audit',
  'GET /admin/sign-outs',
  'GET POST /admin/diagnosis',
  'GET POST /admin/appearance',
  'POST /admin/appearance/logo',
  'POST /admin/appearance/logo/remove',
  'POST /admin/appearance/logo-dark',
  'POST /admin/appearance/logo-dark/remove',
  'POST /admin/appearance/background',
  'POST /admin/appearance/background/remove',
  'GET POST /admin/appearance/reset',
  'GET POST /admin/clients/:client_id/appearance',
  'POST /admin/clients/:client_id/appearance/logo',
  'POST /admin/clients/:client_id/appearance/logo/remove',
  'POST /admin/clients/:client_id/appearance/logo-dark',
  'POST /admin/clients/:client_id/appearance/logo-dark/remove',
  'POST /admin/clients/:client_id/appearance/background',
  'POST /admin/clients/:client_id/appearance/background/remove',
  'GET POST /admin/clients/:client_id/appearance/reset',
];

/** What the scripts of our own pages ask. */
const asides = [
  'POST /password-strength',
  'POST /login/passkey/options',
  'POST /login/second-factor/passkey/options',
  'POST /account/security/passkeys/new/options',
];

/** What everybody who is signed in may open and do for themselves. */
const accountPages = [
  'GET /account/security',
  'GET POST /account/security/password',
  'GET POST /account/security/authenticator',
  'POST /account/security/authenticator/remove',
  'GET POST /account/security/recovery-codes',
  'POST /account/security/devices/:device_id/remove',
  'GET POST /account/security/passkeys/new',
  'GET POST /account/security/passkeys/:passkey_id',
  'POST /account/security/passkeys/:passkey_id/remove',
  'GET POST /account',
  'POST /account/picture',
  'POST /account/picture/remove',
  'GET POST /account/email',
  'POST /account/email/code',
  'GET POST /account/email/confirm',
  'GET POST /account/sessions',
  'GET /account/applications',
  'GET POST /account/applications/withdraw',
  'GET /account/activity',
  'GET /account/data',
  'GET POST /account/data/delete',
  'POST /account/security/providers/disconnect',
];

/** What whoever is signed in takes along as a file, in answer to a form. */
const downloads = ['POST /account/data/download'];

/** What lays the colours of a brand over our own, for whoever looks at a page. */
const looks = ['GET /brand/:file'];

/** Files under an address that changes with their content. */
const assets = ['GET /assets/:file'];

const table = [
  documents,
  endpoints,
  frames,
  crossings,
  pages,
  asides,
  accountPages,
  downloads,
  consolePages,
  looks,
  assets,
].flat();

let provider: Provider;
let nobody: TestBrowser;
let user: TestBrowser;
let administrator: TestBrowser;
/** What stands for the parameters of a path. */
let things: Record<string, string>;

beforeAll(async () => {
  provider = await startProvider({
    settings: { CASTELLAN_PUBLIC_URL: 'https://id.example', CASTELLAN_CLIENT_REGISTRATION: 'open' },
  });
  const { context } = provider;
  await provider.addUser({ administrator: true });
  const bob = await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  nobody = provider.browser();
  user = provider.browser();
  await user.signIn('bob');
  administrator = provider.browser();
  await administrator.signIn();
  const { client_id } = await provider.register();
  const [secret] = await listClientSecrets(context.database, client_id);
  things = {
    client_id,
    secret_id: secret?.id ?? '',
    user_id: bob.id,
    session_id: 'a'.repeat(32),
    mail_id: 'b'.repeat(32),
    file: context.assets.url('style.css').slice('/assets/'.length),
  };
});
afterAll(() => provider.close());

test('every route is in the table, and the table names no other', () => {
  const listed = routes(table).map(({ method, path }) => `${method} ${path}`);
  expect(printedRoutes(provider.app.printRoutes({ commonPrefix: false })).sort()).toEqual(listed.sort());
});

test.each(routes(table))('$method $path has what every answer has', async (route) => {
  for (const browser of visitorsOf(route)) {
    const response = await ask(browser, route);
    hasWhatEveryAnswerHas(response);
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
  }
});

test.each(routes(documents))('$method $path may be kept by caches, and sets no cookie', async ({ method, path }) => {
  const response = await ask(nobody, { method, path });
  expect(response.statusCode).toBe(method === 'OPTIONS' ? 204 : 200);
  expect(response.headers['access-control-allow-origin']).toBe('*');
  expect(response.headers['set-cookie']).toBeUndefined();
  if (method !== 'OPTIONS') expect(response.headers['cache-control']).toMatch(/^public, max-age=\d+$/);
  if (method !== 'OPTIONS') expect(response.headers['content-type']).toMatch(/^application\/(jwk-set\+)?json/);
});

test.each(routes(endpoints))(
  '$method $path answers JSON that nobody keeps, and knows no cookies',
  async ({ method, path }) => {
    for (const browser of [nobody, administrator]) {
      const response = await ask(browser, { method, path });
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.headers['set-cookie']).toBeUndefined();
      if (response.body !== '') expect(response.headers['content-type']).toMatch(/^application\/json/);
      if (!path.endsWith('z')) expect(response.statusCode).toBe(method === 'OPTIONS' ? 204 : response.statusCode);
    }
  },
);

test.each(routes(frames))('$method $path is for any site’s frame, and sets no cookie', async ({ method, path }) => {
  for (const browser of [nobody, user]) {
    const { headers } = await ask(browser, { method, path });
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['content-security-policy'] ?? '').not.toContain('frame-ancestors');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['set-cookie']).toBeUndefined();
  }
});

test.each(routes(crossings))(
  '$method $path is a page, or leads on with nothing for caches and other sites',
  async (route) => {
    for (const browser of visitorsOf(route)) isPageOrRedirect(await ask(browser, route));
  },
);

test.each(routes(crossings, 'POST'))(
  '$method $path from another site becomes a GET and does nothing yet',
  async (route) => {
    const response = await ask(administrator, route, crossSite[0]);
    expect(response.statusCode).toBe(303);
    expect(locationOf(response)?.startsWith(`${route.path}?`)).toBe(true);
    expect(response.headers['set-cookie']).toBeUndefined();
  },
);

test.each(routes(pages))(
  '$method $path is a page, or leads on with nothing for caches and other sites',
  async (route) => {
    for (const browser of visitorsOf(route)) isPageOrRedirect(await ask(browser, route));
  },
);

test.each(routes([...pages, ...asides, ...accountPages, ...downloads, ...consolePages], 'POST'))(
  '$method $path refuses a form that none of our pages sent, whoever is signed in',
  async (route) => {
    for (const browser of [nobody, user, administrator])
      for (const headers of crossSite) {
        const response = await ask(browser, route, headers);
        expect(response.statusCode).toBe(403);
        isPageOrRedirect(response);
        expect(response.headers['set-cookie']).toBeUndefined();
      }
  },
);

test.each(routes(consolePages))(
  '$method $path is for administrators: others sign in first, or are refused',
  async (route) => {
    const anonymous = await ask(nobody, route);
    isPageOrRedirect(anonymous);
    expect([303, 400, 403]).toContain(anonymous.statusCode);
    if (anonymous.statusCode === 303) expect(locationOf(anonymous)).toMatch(/^\/login\?continuation=/);
    const ordinary = await ask(user, route);
    isPageOrRedirect(ordinary);
    expect([400, 403]).toContain(ordinary.statusCode);
    expect(ordinary.body).not.toContain(things.client_id);
  },
);

test.each(routes(accountPages))('$method $path is for whoever is signed in: others sign in first', async (route) => {
  const anonymous = await ask(nobody, route);
  expect([303, 400, 403]).toContain(anonymous.statusCode);
  if (anonymous.statusCode === 303) expect(locationOf(anonymous)).toMatch(/^\/login\?continuation=/);
  isPageOrRedirect(await ask(user, route));
});

test.each(routes(downloads))(
  '$method $path is a file for whoever is signed in, that nothing keeps or opens',
  async (route) => {
    expect(locationOf(await ask(nobody, route))).toMatch(/^\/login\?continuation=/);
    const { statusCode, headers } = await ask(user, route);
    expect(statusCode).toBe(200);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="/);
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  },
);

test.each(routes(consolePages, 'GET'))('$method $path is a page to an administrator', async (route) => {
  const response = await ask(administrator, route);
  isPageOrRedirect(response);
  expect(response.statusCode).toBeLessThan(405);
});

test.each(routes(assets))(
  '$method $path may be kept for ever, and nothing in it may run by itself',
  async ({ method, path }) => {
    const response = await ask(nobody, { method, path });
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toContain('immutable');
    expect(response.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(response.headers['set-cookie']).toBeUndefined();
  },
);

test.each(routes(looks))('$method $path is a stylesheet, and nothing in it may run by itself', async (route) => {
  for (const browser of [nobody, user]) {
    const response = await ask(browser, route);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(response.headers['set-cookie']).toBeUndefined();
  }
});

test.each([
  ['there is nothing', 'GET', '/nothing/here', 404],
  ['there is nothing for programs', 'GET', '/oidc/nothing', 404],
  ['the method is another', 'PUT', '/login', 405],
  ['the method is another for programs', 'PUT', '/oidc/oauth2/token', 405],
  ['the address is not percent-encoded', 'GET', '/%zz', 400],
  ['the address is not percent-encoded for programs', 'GET', '/oidc/%zz', 400],
  ['a part of the address is too long', 'GET', `/assets/${'x'.repeat(400)}`, 414],
  ['the address is too long', 'GET', `/login?${'x'.repeat(20_000)}`, 414],
  ['the address is too long for programs', 'GET', `/oidc/userinfo?${'x'.repeat(20_000)}`, 414],
] as const)('where %s the answer has our form and our headers', async (_title, method, url, status) => {
  const response = await provider.app.inject({ method, url });
  expect(response.statusCode).toBe(status);
  hasWhatEveryAnswerHas(response);
  expect(response.headers['cache-control']).toBe('no-store');
  if (url.startsWith('/oidc')) expect(response.json().error).toBe('invalid_request');
  else isPageOrRedirect(response);
  expect(response.body).not.toMatch(/FST_|fastify|Error:|at .*\.(ts|js):\d/);
});

test('no GET of a page changes a row, whoever opens it', async () => {
  const before = await wholeDatabase();
  for (const { path } of routes([...pages, ...accountPages, ...consolePages, ...assets], 'GET'))
    for (const browser of [nobody, user, administrator])
      for (const method of ['GET', 'HEAD'] as const) await ask(browser, { method, path });
  expect(await wholeDatabase()).toEqual(before);
});

/** What browsers say of a form that another site sends, or say nothing of. */
const crossSite: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-site', origin: 'https://sub.id.example' },
  { 'sec-fetch-site': 'cross-site', origin: 'null' },
  { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'none' },
  {},
];

interface Route {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT';
  readonly path: string;
}

/** The routes of these rows, all or those of one method. */
function routes(rows: readonly string[], only?: Route['method']): Route[] {
  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'] as const;
  return rows.flatMap((row) => {
    const words = row.split(' ');
    const path = words.at(-1) ?? '';
    return methods
      .filter((method) => words.includes(method) && method === (only ?? method))
      .map((method) => ({ method, path }));
  });
}

/** Who tries it: somebody signed in only where that does not sign them out. */
function visitorsOf({ method }: Route): TestBrowser[] {
  return method === 'POST' ? [nobody] : [nobody, user];
}

function ask(
  browser: TestBrowser,
  { method, path }: Route,
  headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', origin: 'https://id.example' },
): Promise<LightMyRequestResponse> {
  const url = path.replaceAll(/:(\w+)/g, (_match, name: string) => things[name] ?? name);
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  return provider.app.inject({
    method,
    url,
    headers: { ...headers, cookie, ...(method === 'POST' ? form : {}) },
    ...(method === 'POST' ? { payload: 'state=a' } : {}),
  });
}

function hasWhatEveryAnswerHas({ statusCode, headers }: LightMyRequestResponse): void {
  expect(statusCode).toBeLessThan(500);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['strict-transport-security']).toMatch(/^max-age=(3153[6-9]\d{3}|31[6-9]\d{5}|[4-9]\d{7}|\d{9,})/);
  expect(headers['cache-control']).toBeDefined();
  expect(headers.server).toBeUndefined();
  expect(headers['x-powered-by']).toBeUndefined();
}

function isPageOrRedirect({ statusCode, headers, body }: LightMyRequestResponse): void {
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['access-control-allow-origin']).toBeUndefined();
  if (statusCode >= 300 && statusCode < 400) {
    expect(statusCode).toBe(303);
    return;
  }
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(headers['permissions-policy']).toContain('publickey-credentials-get=(self)');
  const policy = String(headers['content-security-policy']).split('; ');
  for (const directive of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(directive);
  expect(policy).toContain("form-action 'self'");
  expect(policy.join()).not.toMatch(/unsafe|\*|https?:/);
  expect(body).not.toMatch(/<script(?![^>]*src=)|<style|\son[a-z]+=|style="/i);
}

async function wholeDatabase(): Promise<Record<string, unknown[]>> {
  const { database } = provider.context;
  const tables = await database.listTables();
  const rows = await Promise.all(tables.map((table) => database.all(raw(`SELECT * FROM ${table}`))));
  return Object.fromEntries(tables.map((table, index) => [table, rows[index] ?? []]));
}
