import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { disableUser, type User } from '../../src/identity/users.ts';
import { html } from '../../src/lib/html.ts';
import { sql } from '../../src/storage/database.ts';
import { StorageError } from '../../src/storage/storage-error.ts';
import {
  actor,
  answerOf,
  encode,
  type Form,
  formIn,
  locationOf,
  type Provider,
  password,
  redirect_uri,
  startProvider,
  TestBrowser,
} from '../support/provider.ts';

let provider: Provider;
let alice: User;
let browser: TestBrowser;
beforeEach(async () => {
  provider = await startProvider();
  alice = await provider.addUser({ claims: { name: '<img src=x onerror=alert(1)>' } });
  browser = provider.browser();
});
afterEach(() => provider.close());

const authorizationUrl = async (more: Form = {}, metadata: Record<string, unknown> = {}) => {
  const { client_id } = await provider.register({ require_pkce: false, client_name: 'Fotos', ...metadata });
  const parameters = { client_id, redirect_uri, response_type: 'code', scope: 'openid', state: 's', ...more };
  return `/oidc/oauth2/auth?${encode(parameters)}`;
};
const problemOf = (body: string) => /id="error-message".*?<p>(?:<svg.*?<\/svg>)?([^<]+)/s.exec(body)?.[1];

describe('the sign-in page', () => {
  test('has the names, ids and autocomplete words that people’s tools rely on', async () => {
    const { statusCode, headers, body } = await browser.get('/login');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('<h1>Sign in</h1>');
    expect(body).toMatch(/<input[^>]*id="login-username"[^>]*name="username"[^>]*autocomplete="username webauthn"/);
    expect(body).toMatch(
      /<input[^>]*id="login-password"[^>]*name="password"[^>]*type="password"[^>]*autocomplete="current-password"/,
    );
    expect(body).toMatch(/<button[^>]*id="login-submit"/);
    expect(body).not.toContain('value="deny"');
    expect(browser.cookies.size).toBe(0);
  });

  test('opened directly leads to the start page, and so does opening it when signed in', async () => {
    const { action, hidden } = formIn((await browser.get('/login')).body);
    const response = await browser.post(action, { ...hidden, username: 'alice', password });
    expect(response.statusCode).toBe(303);
    expect(locationOf(response)).toBe('/');
    expect(locationOf(await browser.get('/login'))).toBe('/');
  });

  test('says for which application and where, with its rules, and offers to cancel', async () => {
    const url = await authorizationUrl(
      {},
      { policy_uri: 'https://app.example/privacy', tos_uri: 'https://app.example/terms' },
    );
    const page = await browser.open(url);
    expect(page.body).toContain('<h1>Sign in</h1>');
    expect(page.body).toContain('Fotos');
    expect(page.body).toContain('app.example');
    expect(page.body).toContain('<a href="https://app.example/privacy" rel="noopener noreferrer">Privacy policy</a>');
    expect(page.body).toContain('<a href="https://app.example/terms" rel="noopener noreferrer">Terms of service</a>');
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https:");
    expect(page.body).toMatch(/<button[^>]*id="login-cancel"[^>]*>Cancel/);
    expect(answerOf(await browser.submit(page, { decision: 'deny' }))).toMatchObject({
      error: 'access_denied',
      state: 's',
    });
  });

  test('leads back to the application after the right password, without a 307 that would send it on', async () => {
    const page = await browser.open(await authorizationUrl({}, { first_party: true }));
    const form = formIn(page.body);
    const response = await browser.post(form.action, { ...form.hidden, username: 'ALICE', password });
    expect(response.statusCode).toBe(303);
    expect(response.headers.location).not.toContain(password);
    expect(answerOf(await browser.follow(response))).toMatchObject({ code: expect.any(String), state: 's' });
  });

  test.each(['alice', 'alice@example.com', '"><script>alert(1)</script>', '../../etc/passwd'])(
    'is filled in from login_hint, escaped: %j',
    async (login_hint) => {
      const { body } = await browser.open(await authorizationUrl({ login_hint }));
      expect(body).toContain(html`value="${login_hint}"`.markup);
      expect(body).not.toContain('<script>alert');
    },
  );
});

describe('a sign-in that fails', () => {
  const attempt = (form: Form, headers: Record<string, string> = {}) => browser.post('/login', form, headers);

  test('keeps the user name, not the password, and says what to do', async () => {
    const { statusCode, body } = await attempt({ username: 'alice', password: 'wrong horse battery' });
    expect(statusCode).toBe(403);
    expect(problemOf(body)).toBe('User name and password do not fit together. Check both and try again.');
    expect(body).toMatch(/id="login-username"[^>]*value="alice"/);
    expect(body).not.toContain('wrong horse battery');
    expect(browser.cookies.size).toBe(0);
  });

  test('looks the same for a wrong password, an unknown name and a wrong password of a disabled account', async () => {
    const disabled = await provider.addUser({ username: 'dora', email: 'dora@example.com' });
    await disableUser(provider.context, disabled.id, actor);
    const pages = await Promise.all([
      attempt({ username: 'alice', password: 'wrong horse battery' }),
      attempt({ username: 'nobody', password }),
      attempt({ username: 'dora', password: 'wrong horse battery' }),
    ]);
    const seen = pages.map(({ statusCode, body, headers }) => ({
      statusCode,
      body: body.replace(/value="(alice|nobody|dora)"/, 'value=""'),
      cookies: headers['set-cookie'],
    }));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  test.each<[string, string]>([
    ['no user name', 'password=x'],
    ['no password', 'username=alice'],
    ['an empty password', 'username=alice&password='],
    ['nothing at all', ''],
    ['brackets', `username[]=alice&password[]=${password}`],
    ['a query operator', `username[$ne]=x&password=${password}`],
    ['the user name twice', `username=alice&username=bob&password=${password}`],
    ['the password twice', `username=alice&password=x&password=${password}`],
    ['NUL in the user name', `username=alice%00&password=${password}`],
    ['NUL after the password', `username=alice&password=${password}%00`],
    ['bytes that are not UTF-8', 'username=%ff&password=x'],
    ['a user name of 5 kB', `username=${'x'.repeat(5000)}&password=x`],
    ['a password of 20 kB', `username=alice&password=${'x'.repeat(20_000)}`],
    ['a forged continuation', `username=alice&password=${password}&continuation=AAAA`],
  ])('because of %s is answered with 400, and nobody is signed in', async (_, payload) => {
    const response = await provider.app.inject({
      method: 'POST',
      url: '/login',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: provider.config.publicUrl,
        'sec-fetch-site': 'same-origin',
      },
      payload: payload.replaceAll(' ', '+'),
    });
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('id="error-message"');
    expect(response.cookies.filter(({ name }) => name.endsWith('session'))).toEqual([]);
  });

  test.each(["' OR 1=1 --", '*)(uid=*', '{{7*7}}', '%s%n', '🦊', '<b>alice</b>'])(
    'with %j as user name is an ordinary refusal, shown escaped',
    async (username) => {
      const { statusCode, body } = await attempt({ username, password });
      expect(statusCode).toBe(403);
      expect(body).toContain(html`value="${username}"`.markup);
      expect(body).not.toContain('<b>alice');
    },
  );

  test.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { origin: 'http://sub.localhost:9000', 'sec-fetch-site': 'same-site' }],
    ['another site without an origin', { origin: '', 'sec-fetch-site': 'cross-site' }],
    ['an opaque origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ])('because it was sent from %s is answered with 403, right password or not', async (_, headers) => {
    const response = await attempt({ username: 'alice', password }, headers);
    expect(response.statusCode).toBe(403);
    expect(response.cookies).toEqual([]);
  });

  test.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x'])(
    'because it is %s is answered with 415',
    async (type) => {
      const response = await attempt({ username: 'alice', password }, { 'content-type': type });
      expect(response.statusCode).toBe(415);
      expect(response.cookies).toEqual([]);
    },
  );

  test.each(['//login', '/login/', '/LOGIN', '/%2flogin', '/./login;x=1', '/login;x=1'])(
    'cannot go round the throttle by %s',
    async (url) => {
      const response = await browser.post(url, { username: 'alice', password });
      expect(response.statusCode).toBeGreaterThanOrEqual(400);
      expect(response.cookies).toEqual([]);
    },
  );

  test('too often is told to wait, with the seconds, whatever headers it sends', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        attempt(
          { username: 'alice', password: 'wrong horse battery' },
          { 'x-forwarded-for': `192.0.2.${index}`, forwarded: `for=192.0.2.${index}`, 'x-real-ip': `192.0.2.${index}` },
        ),
      ),
    );
    expect(guesses.filter(({ statusCode }) => statusCode === 403)).toHaveLength(5);
    const refused = await attempt({ username: 'alice', password });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('10');
    expect(problemOf(refused.body)).toBe('Too many attempts. Try again in 10 seconds.');
    provider.clock.advance(10);
    expect(locationOf(await attempt({ username: 'alice', password }))).toBe('/');
  });

  test('by a stranger, however often, does not keep the owner out of a known browser', async () => {
    await browser.signIn();
    browser.cookies.delete('castellan_session');
    const stranger = provider.browser();
    for (let index = 0; index < 6; index++)
      await stranger.post('/login', { username: 'alice', password: 'wrong horse' });
    expect((await stranger.post('/login', { username: 'alice', password })).statusCode).toBe(429);
    expect(locationOf(await browser.post('/login', { username: 'alice', password }))).toBe('/');
  });

  test('because 66 others are hashing is told to come back, and the program goes on', async () => {
    const responses = await Promise.all(
      Array.from({ length: 90 }, (_, index) =>
        provider.app.inject({
          method: 'POST',
          url: '/login',
          remoteAddress: `198.51.100.${index}`,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            origin: provider.config.publicUrl,
            'sec-fetch-site': 'same-origin',
          },
          payload: encode({ username: `user${index}`, password }),
        }),
      ),
    );
    const busy = responses.filter(({ statusCode }) => statusCode === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const { headers } of busy) expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(responses.filter(({ statusCode }) => ![403, 503].includes(statusCode))).toEqual([]);
    expect(locationOf(await browser.post('/login', { username: 'alice', password }))).toBe('/');
  });
});

test('while the throttle cannot count nobody gets in, and the page asks to come back', async () => {
  const { context, config } = provider;
  const get: typeof context.database.get = (statement) =>
    statement.text.includes('throttles')
      ? Promise.reject(new StorageError('unavailable', 'the disk is full'))
      : context.database.get(statement);
  const app = await createApp({ ...context, database: { ...context.database, get } });
  const response = await new TestBrowser(app, config.publicUrl).post('/login', { username: 'alice', password });
  await app.close();
  expect(response.statusCode).toBe(503);
  expect(response.headers['retry-after']).toMatch(/^\d+$/);
  expect(response.body).not.toContain('disk');
  expect(response.cookies).toEqual([]);
});

describe('a continuation', () => {
  const refusal = /was started in another browser, or its address is incomplete|more than an hour ago/;

  test.each<[string, (sealed: string) => string]>([
    ['cut', (sealed) => sealed.slice(0, -4)],
    ['altered', (sealed) => `${sealed.slice(0, -6)}AAAAAA`],
    ['made up', () => 'AAAA'],
    ['markup', () => '<script>alert(1)</script>'],
    ['an address elsewhere', () => 'https://evil.example/'],
  ])('that is %s is refused with an offer to start again', async (_, change) => {
    const { hidden } = formIn((await browser.open(await authorizationUrl())).body);
    const continuation = change(hidden.continuation ?? '');
    for (const response of [
      await browser.get(`/login?${encode({ continuation })}`),
      await browser.post('/login', { continuation, username: 'alice', password }),
    ]) {
      expect(response.statusCode).toBe(400);
      expect(response.body).toMatch(refusal);
      expect(response.body).toContain('sign in from there again');
      expect(response.body).not.toContain('<script>alert');
      expect(browser.cookies.has('castellan_session')).toBe(false);
    }
  });

  test('of another browser is refused, and nobody is signed in', async () => {
    const { hidden } = formIn((await browser.open(await authorizationUrl())).body);
    const other = provider.browser();
    const response = await other.post('/login', { ...hidden, username: 'alice', password });
    expect(response.statusCode).toBe(400);
    expect(response.body).toMatch(refusal);
    expect(other.cookies.has('castellan_session')).toBe(false);
  });

  test('lasts an hour', async () => {
    const { hidden } = formIn((await browser.open(await authorizationUrl())).body);
    provider.clock.advance(3599);
    expect((await browser.get(`/login?${encode(hidden)}`)).statusCode).toBe(200);
    provider.clock.advance(1);
    const late = await browser.get(`/login?${encode(hidden)}`);
    expect(late.statusCode).toBe(400);
    expect(late.body).toMatch(refusal);
  });

  test.each(['return_to', 'next', 'rd', 'RelayState', 'path', 'redirect_uri'])(
    '%s in its place leads nowhere',
    async (name) => {
      const form = { username: 'alice', password, [name]: 'https://evil.example/' };
      const response = await browser.post(`/login?${encode({ [name]: 'https://evil.example/' })}`, form);
      expect(locationOf(response)).toBe('/');
    },
  );

  test('of two tabs, each keeps its own application', async () => {
    const urls = [
      await authorizationUrl({ state: 'one' }, { first_party: true }),
      await authorizationUrl({ state: 'two' }, { first_party: true }),
    ];
    const pages = [await browser.open(urls[0] ?? ''), await browser.open(urls[1] ?? '')];
    for (const [index, page] of pages.entries()) {
      const answer = answerOf(await browser.submit(page, { username: 'alice', password }));
      expect(answer).toMatchObject({ state: ['one', 'two'][index], code: expect.any(String) });
    }
  });

  test('sent three times at the same instant gives one code, and leaves every session to this browser alone', async () => {
    const page = await browser.open(await authorizationUrl({}, { first_party: true }));
    const { action, hidden } = formIn(page.body);
    const form = { ...hidden, username: 'alice', password };
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const signedIn = await Promise.all([1, 2, 3].map(() => browser.post(action, form, { cookie })));
    const tokens = signedIn.map(({ cookies }) => cookies.find(({ name }) => name === 'castellan_session')?.value);
    expect(new Set(tokens).size).toBe(3);
    const answers = await Promise.all(
      signedIn.map((response, index) => {
        const session = `castellan_session=${tokens[index]}; ${cookie}`;
        return provider.app.inject({ url: locationOf(response) ?? '', headers: { cookie: session } });
      }),
    );
    expect(answers.filter((answer) => locationOf(answer)?.includes('code=')).length).toBe(1);
    const rows = await provider.context.database.all(sql`SELECT user_id FROM sessions`);
    expect(rows).toEqual([1, 2, 3].map(() => ({ user_id: alice.id })));
  });
});

describe('the session cookie', () => {
  const cookiesOf = async (settings: Record<string, string> = {}) => {
    const own = await startProvider({ settings });
    try {
      await own.addUser();
      const response = await own.browser().post('/login', { username: 'alice', password });
      const cookies = [response.headers['set-cookie'] ?? []].flat();
      // The one cookie that is for a script: the tests of session management hold it to its promises.
      return cookies.filter((cookie) => !cookie.includes('castellan_browser_state='));
    } finally {
      await own.close();
    }
  };

  test('is HttpOnly, SameSite=Lax, for this host alone; under https Secure with the __Host- prefix', async () => {
    for (const cookie of await cookiesOf())
      expect(cookie).toMatch(/^castellan_\w+=[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    const secure = await cookiesOf({ CASTELLAN_PUBLIC_URL: 'https://id.example.com' });
    expect(secure.length).toBeGreaterThan(0);
    for (const cookie of secure)
      expect(cookie).toMatch(/^__Host-castellan_\w+=[\w-]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Lax$/);
  });

  test('is a new one at each sign-in, and the one from before is dead: nobody can fix it beforehand', async () => {
    await browser.signIn();
    const before = browser.cookies.get('castellan_session') ?? '';
    await browser.post('/login', { username: 'alice', password });
    const after = browser.cookies.get('castellan_session');
    expect(after).toMatch(/^[\w-]{64}$/);
    expect(after).not.toBe(before);
    const thief = provider.browser();
    thief.cookies.set('castellan_session', before);
    expect((await thief.get('/login')).statusCode).toBe(200);
  });

  test('twice under one name counts as none', async () => {
    await browser.signIn();
    const value = browser.cookies.get('castellan_session');
    const cookie = `castellan_session=${value}; castellan_session=${value}`;
    expect((await provider.browser().get('/login', { cookie })).statusCode).toBe(200);
    expect((await provider.browser().get('/login', { cookie: `castellan_session=${value}` })).statusCode).toBe(303);
  });

  test('is dead as soon as its user is disabled', async () => {
    await browser.signIn();
    await disableUser(provider.context, alice.id, actor);
    expect((await browser.get('/login')).statusCode).toBe(200);
  });

  test('of one person gives nothing to the next who signs in with this browser', async () => {
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    await browser.signIn();
    const ofAlice = browser.cookies.get('castellan_session') ?? '';
    await browser.post('/login', { username: 'bob', password });
    expect(browser.cookies.get('castellan_session')).not.toBe(ofAlice);
    const account = await browser.open('/account');
    expect(account.body).toContain('bob');
    expect(account.body).not.toContain('alice');
    const sessions = await provider.context.database.all<{ user_id: string }>(
      sql`SELECT user_id, verifier_hash FROM sessions`,
    );
    expect(new Set(sessions.map(({ user_id }) => user_id)).size).toBe(sessions.length);
  });
});

test('visitors who do not sign in leave nothing in the database, however many there are', async () => {
  const url = await authorizationUrl();
  for (let index = 0; index < 50; index++) await provider.browser().open(url);
  for (const table of [sql`sessions`, sql`throttles`, sql`authorizations`, sql`links`])
    expect(await provider.context.database.all(sql`SELECT * FROM ${table}`)).toEqual([]);
});
