import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findClient, setClientEnabled } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import {
  actor,
  type Form,
  formIn,
  locationOf,
  type Provider,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const lines: string[] = [];
let provider: Provider;
beforeAll(async () => {
  provider = await startProvider({ log: { write: (line: string) => lines.push(line) } });
  await provider.addUser({ administrator: true, claims: { name: 'Alice Example' } });
  await provider.addUser({ username: 'bob', email: 'bob@example.com' });
});
afterAll(() => provider.close());

const client_id = 'castellan-playground';
const openid = { 'scope:openid': 'true' };

const administrator = async (username = 'alice') => {
  const browser = provider.browser();
  await browser.signIn(username);
  return browser;
};

/** What stands in the page itself, without the header's own form. */
const mainOf = (page: LightMyRequestResponse) => page.body.slice(page.body.indexOf('<main'));
const textOf = (page: LightMyRequestResponse) =>
  mainOf(page)
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

/** Sends the form that a button of this id belongs to. */
async function press(browser: TestBrowser, page: LightMyRequestResponse, id: string, fields: Form = {}) {
  const forms = mainOf(page).match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((markup) => markup.includes(`id="${id}"`));
  if (form === undefined) throw new Error(`there is no button ${id} on: ${textOf(page).slice(0, 800)}`);
  const { action, hidden } = formIn(form);
  return browser.follow(await browser.post(action, { ...hidden, ...fields }));
}

/** Starts a run and walks up to the answer, signing in and allowing wherever it is asked for. */
async function answered(browser: TestBrowser, fields: Form, decision = 'allow', username = 'alice') {
  let page = await press(browser, await browser.open('/playground'), 'playground-start-submit', fields);
  for (let pages = 0; pages < 5; pages++) {
    if (page.body.includes('id="login-password"'))
      page = await browser.submit(page, { username, password: 'correct horse battery staple' });
    else if (page.body.includes('id="consent-allow"')) page = await browser.submit(page, { decision });
    else if (page.body.includes('action="/playground/callback"')) page = await browser.submit(page, {});
    else if (/action="[^"]*\/playground\/callback"/.test(page.body)) page = await browser.submit(page, {});
    else return page;
  }
  throw new Error('the run does not come to its answer');
}

const redeemed = async (browser: TestBrowser, fields: Form) =>
  press(browser, await answered(browser, fields), 'playground-redeem');

test('the playground says that it is English, whatever the browser speaks', async () => {
  const browser = await administrator();
  const page = await browser.get('/playground', { 'accept-language': 'de' });
  expect(page.body).toContain('<html lang="en"');
  expect(page.body).not.toContain('action="/language"');
});

test('where all requests must be pushed, the playground pushes its own', async () => {
  const own = await startProvider({ settings: { CASTELLAN_REQUIRE_PUSHED_AUTHORIZATION_REQUESTS: 'true' } });
  await own.addUser({ administrator: true });
  const browser = own.browser();
  await browser.signIn();
  const consent = await press(browser, await browser.open('/playground'), 'playground-start-submit', openid);
  const page = await browser.submit(consent, { decision: 'allow' });
  expect(textOf(page)).toContain('A code has come back');
  expect(textOf(page)).toContain('/oidc/oauth2/par');
  const refused = await press(browser, await browser.open('/playground'), 'playground-start-submit', {
    ...openid,
    prompt: 'bogus',
  });
  expect(refused.statusCode).toBe(400);
  await own.close();
});

describe('who may come', () => {
  test('a visitor who is not signed in signs in first and comes back', async () => {
    const browser = provider.browser();
    const login = await browser.open('/playground');
    expect(login.body).toContain('id="login-password"');
    const page = await browser.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('id="playground-start-submit"');
  });

  test('somebody who is no administrator gets a calm 403, for looking and for starting', async () => {
    const browser = await administrator('bob');
    const page = await browser.open('/playground');
    expect(page.statusCode).toBe(403);
    expect(textOf(page)).toContain('For administrators');
    expect((await browser.post('/playground', openid)).statusCode).toBe(403);
  });

  test.each(['/playground', '/playground/callback', '/playground/tokens', '/playground/refresh'])(
    'a form for %s from another site is refused',
    async (path) => {
      const browser = await administrator();
      const response = await browser.post(path, openid, {
        'sec-fetch-site': 'cross-site',
        origin: 'https://evil.example',
      });
      expect(response.statusCode).toBe(403);
    },
  );
});

describe('its client', () => {
  test('looking registers nothing; starting registers it, public, with PKCE, and starting again changes nothing', async () => {
    const fresh = await startProvider();
    await fresh.addUser({ administrator: true });
    const browser = fresh.browser();
    await browser.signIn();
    await browser.open('/playground');
    expect(await findClient(fresh.context, client_id)).toBeUndefined();

    expect((await browser.post('/playground', openid)).statusCode).toBe(303);
    const client = await findClient(fresh.context, client_id);
    expect(client).toMatchObject({
      token_endpoint_auth_method: 'none',
      require_pkce: true,
      redirect_uris: ['http://localhost:9000/playground/callback'],
      post_logout_redirect_uris: ['http://localhost:9000/playground'],
      grant_types: ['authorization_code', 'refresh_token'],
    });
    fresh.clock.advance(5);
    await browser.post('/playground', openid);
    expect(await findClient(fresh.context, client_id)).toEqual(client);
    await fresh.close();
  });

  test('two first starts at the same instant register it once', async () => {
    const fresh = await startProvider();
    await fresh.addUser({ administrator: true });
    const browser = fresh.browser();
    await browser.signIn();
    const responses = await Promise.all([1, 2, 3].map(() => browser.post('/playground', openid)));
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    await fresh.close();
  });

  test('what the public URL decides is set right again; what an administrator chose stays', async () => {
    const browser = await administrator();
    await browser.post('/playground', openid);
    await change({
      redirect_uris: ['https://old.example/playground/callback'],
      id_token_signed_response_alg: 'ES256',
    });
    await browser.post('/playground', openid);
    expect(await findClient(provider.context, client_id)).toMatchObject({
      redirect_uris: ['http://localhost:9000/playground/callback'],
      id_token_signed_response_alg: 'ES256',
    });
    expect(textOf(await redeemed(browser, openid))).toContain('all 6 checks passed');
    await change({ id_token_signed_response_alg: 'RS256' });
  });
});

describe('a run', () => {
  test.each(['query', 'form_post'])(
    'with %s goes from the request to decoded, verified tokens',
    async (response_mode) => {
      const browser = await administrator();
      const fields = { ...openid, 'scope:profile': 'true', response_mode };
      const answer = await answered(browser, fields);
      expect(answer.statusCode).toBe(200);
      const text = textOf(answer);
      expect(text).toContain('A code has come back');
      expect(text).toContain(
        response_mode === 'query' ? 'GET /playground/callback?' : 'POST /playground/callback HTTP/1.1',
      );
      expect(text).toContain('code_challenge_method=S256');
      expect(text).not.toContain('failed');

      const tokens = await press(browser, answer, 'playground-redeem');
      expect(tokens.statusCode).toBe(200);
      expect(textOf(tokens)).toContain('"iss": "http://localhost:9000/oidc"');
      expect(textOf(tokens).match(/all 6 checks passed/g)).toHaveLength(2);
      for (const check of ['Signature', 'Issuer', 'Audience', 'Nonce', 'Expiry', 'Access token hash'])
        expect(textOf(tokens)).toContain(check);
      expect(textOf(tokens)).toContain('POST /oidc/oauth2/token HTTP/1.1');
      expect(textOf(tokens)).toContain('curl http://localhost:9000/oidc/oauth2/token');
    },
  );

  test('goes on to userinfo, which speaks of the same person', async () => {
    const browser = await administrator();
    const tokens = await redeemed(browser, { ...openid, 'scope:email': 'true' });
    const userinfo = await browser.open(linkIn(tokens, '/playground/userinfo'));
    expect(textOf(userinfo)).toContain('"email": "alice@example.com"');
    expect(textOf(userinfo)).toContain('Subject sub is that of the ID Token');
    expect(textOf(userinfo)).toContain('passed');
    expect(textOf(userinfo)).toContain('Authorization: Bearer eyJ');
  });

  test('refreshes, again with tokens that pass every check, and each time with another refresh token', async () => {
    const browser = await administrator();
    let page = await redeemed(browser, openid);
    const seen = new Set([refreshTokenIn(page)]);
    for (let time = 0; time < 2; time++) {
      provider.clock.advance(60);
      page = await press(browser, page, 'playground-refresh');
      expect(textOf(page)).toContain('Refreshed tokens');
      expect(textOf(page).match(/all 6 checks passed/g)).toHaveLength(2);
      seen.add(refreshTokenIn(page));
    }
    expect(seen.size).toBe(3);
  });

  test('signs out with the ID Token as hint, without a question, and comes back with the state', async () => {
    const browser = await administrator();
    const tokens = await redeemed(browser, openid);
    const back = await press(browser, tokens, 'playground-sign-out');
    expect(back.statusCode).toBe(200);
    expect(textOf(back)).toContain('You are signed out');
    expect(textOf(back)).toContain('which this browser made');
    expect((await browser.open('/playground')).body).toContain('id="login-password"');
  });

  test('without openid shows plain OAuth, and that userinfo is closed to it', async () => {
    const browser = await administrator();
    const tokens = await redeemed(browser, { 'scope:profile': 'true' });
    expect(textOf(tokens)).toContain('No ID Token');
    const userinfo = await browser.open(linkIn(tokens, '/playground/userinfo'));
    expect(textOf(userinfo)).toContain('insufficient_scope');
  });

  test('sends what was chosen: prompt, max_age, login_hint and claims', async () => {
    const browser = await administrator();
    const claims = '{"id_token":{"email":null}}';
    const fields = { ...openid, prompt: 'login', max_age: '0', login_hint: "al'ice", claims };
    const answer = await answered(browser, fields);
    expect(answer.body).toContain('prompt=login');
    expect(textOf(answer)).toContain(String.raw`--data-urlencode 'login_hint=al'\''ice'`);
    const tokens = await press(browser, answer, 'playground-redeem');
    expect(textOf(tokens)).toContain('"email": "alice@example.com"');
    expect(textOf(tokens)).toContain('Authentication time');
    expect(textOf(tokens)).toContain('all 7 checks passed');
  });

  test('in which somebody else signs in shows that person their tokens', async () => {
    const browser = await administrator();
    const answer = await answered(browser, { ...openid, prompt: 'login' }, 'allow', 'bob');
    const tokens = await press(browser, answer, 'playground-redeem');
    expect(textOf(tokens)).toContain('all 6 checks passed');
    expect((await browser.open('/playground')).statusCode).toBe(403);
  });

  test('can be looked at again: reloading a page sends nothing anew', async () => {
    const browser = await administrator();
    const answer = await answered(browser, openid);
    const { action, hidden } = formIn(mainOf(answer));
    const redirect = await browser.post(action, hidden);
    expect(redirect.statusCode).toBe(303);
    const url = locationOf(redirect) ?? '';
    const [first, again] = [await browser.open(url), await browser.open(url)];
    expect(refreshTokenIn(first)).not.toBe('');
    expect(refreshTokenIn(again)).toBe(refreshTokenIn(first));
  });
});

describe('errors are shown and explained', () => {
  test.each<[string, Form, string, string]>([
    ['access_denied', { ...openid, prompt: 'consent' }, 'deny', 'The person pressed Cancel'],
    ['invalid_request', { ...openid, max_age: 'soon' }, 'allow', 'max_age is malformed'],
    ['invalid_request', { ...openid, claims: '{' }, 'allow', 'claims is not JSON'],
    ['login_required', { ...openid, prompt: 'none', max_age: '0' }, 'allow', 'prompt=none allows no page'],
  ])('%s for %j', async (error, fields, decision, explanation) => {
    const browser = await administrator();
    const page = await answered(browser, fields, decision);
    expect(page.statusCode).toBe(200);
    expect(textOf(page)).toContain('An error has come back');
    expect(textOf(page)).toContain(error);
    expect(textOf(page)).toContain(explanation);
    expect(page.body).not.toContain('playground-redeem');
  });

  test('a code that is redeemed twice: the second time ends what the first gave', async () => {
    const browser = await administrator();
    const answer = await answered(browser, openid);
    const first = await press(browser, answer, 'playground-redeem');
    const second = await press(browser, answer, 'playground-redeem');
    expect(textOf(second)).toContain('invalid_grant');
    expect(textOf(second)).toContain('A code that comes again ends everything');
    const userinfo = await browser.open(linkIn(first, '/playground/userinfo'));
    expect(textOf(userinfo)).toContain('invalid_token');
  });

  test('a spent refresh token that comes again too late; the tokens from before can still be looked at', async () => {
    const browser = await administrator();
    const first = await redeemed(browser, openid);
    await press(browser, first, 'playground-refresh');
    provider.clock.advance(31);
    const reused = await press(browser, first, 'playground-refresh');
    expect(textOf(reused)).toContain('No tokens');
    expect(textOf(await browser.open(linkIn(reused, '/playground/userinfo')))).toContain('invalid_token');
  });

  test('no scope at all, before anything is sent', async () => {
    const browser = await administrator();
    const page = await browser.post('/playground', {});
    expect(page.statusCode).toBe(400);
    expect(textOf(page)).toContain('Choose at least one scope');
  });

  test('more than a cookie holds, before anything is sent', async () => {
    const browser = await administrator();
    const page = await browser.post('/playground', {
      ...openid,
      claims: '"'.repeat(300),
      login_hint: '\u{1F3F0}'.repeat(50),
    });
    expect(page.statusCode).toBe(400);
    expect(textOf(page)).toContain('ask for less');
  });

  test('an ID Token that has expired meanwhile, by the check that fails', async () => {
    const browser = await administrator();
    await browser.post('/playground', openid);
    await change({ id_token_seconds: 60 });
    const tokens = await redeemed(browser, openid);
    const { search } = new URL(linkIn(tokens, '/playground/userinfo'), 'http://localhost:9000');
    provider.clock.advance(60);
    const page = await browser.open(`/playground/tokens${search}`);
    expect(textOf(page)).toContain('1 of 6 checks failed');
    expect(textOf(page)).toContain('0 seconds ago failed');
    await change({ id_token_seconds: undefined });
  });

  test('a run that was started more than an hour ago', async () => {
    const browser = await administrator();
    const link = linkIn(await redeemed(browser, openid), '/playground/userinfo');
    provider.clock.advance(3599);
    expect((await browser.get(link)).statusCode).toBe(200);
    provider.clock.advance(1);
    expect(textOf(await browser.get(link))).toContain('more than an hour ago');
  });

  test('a client that was switched off is told on the server’s own page', async () => {
    const browser = await administrator();
    await browser.post('/playground', openid);
    await setClientEnabled(provider.context, client_id, false, actor);
    const page = await browser.follow(await browser.post('/playground', openid));
    expect(page.statusCode).toBe(400);
    expect(textOf(page)).toContain('switched off');
    await setClientEnabled(provider.context, client_id, true, actor);
  });
});

describe('an answer is used only by the browser that asked', () => {
  const start = async (browser: TestBrowser) =>
    new URL(locationOf(await browser.post('/playground', openid)) ?? '', 'http://localhost');

  test.each<[string, (state: string) => string]>([
    ['no state', () => ''],
    ['another state', () => 'state=aaaaaaaaaaaaaaaaaaaaaa'],
    ['the state twice', (state) => `state=${state}&state=${state}`],
  ])('%s is refused', async (_what, query) => {
    const browser = await administrator();
    const state = (await start(browser)).searchParams.get('state') ?? '';
    const response = await browser.get(`/playground/callback?code=x&iss=y&${query(state)}`);
    expect(response.statusCode).toBe(400);
  });

  test('another browser’s answer is refused, and so is a second one', async () => {
    const browser = await administrator();
    const state = (await start(browser)).searchParams.get('state');
    const callback = `/playground/callback?code=x&iss=y&state=${state}`;
    expect((await (await administrator()).get(callback)).statusCode).toBe(400);
    expect((await browser.get(callback)).statusCode).toBe(303);
    expect((await browser.get(callback)).statusCode).toBe(400);
  });

  test.each([
    ['another issuer', 'iss=https://evil.example'],
    ['no issuer', ''],
  ])('with %s the code is not redeemed (RFC 9207)', async (_what, iss) => {
    const browser = await administrator();
    const state = (await start(browser)).searchParams.get('state');
    const page = await browser.open(`/playground/callback?code=x&state=${state}&${iss}`);
    expect(textOf(page)).toContain('failed');
    expect(page.body).not.toContain('playground-redeem');
    const run = new URL(page.raw.req.url ?? '', 'http://localhost').searchParams.get('run') ?? '';
    const refused = await browser.post('/playground/tokens', { run });
    expect(refused.statusCode).toBe(400);
    expect(textOf(refused)).toContain('issuer');
  });

  test('a run opens neither in another browser nor for somebody else in this one', async () => {
    const browser = await administrator();
    const tokens = await redeemed(browser, openid);
    const link = linkIn(tokens, '/playground/userinfo');
    expect((await (await administrator()).get(link)).statusCode).toBe(400);
    await browser.post('/logout', {});
    expect(locationOf(await browser.get(link))).toMatch(/^\/login\?continuation=/);
    await browser.signIn('bob');
    const refused = await browser.get(link);
    expect(refused.statusCode).toBe(400);
    expect(textOf(refused)).toContain('somebody else');
  });

  test.each(['', 'run=', 'run=AAAA', `run=${'A'.repeat(3000)}`])(
    'a run that we did not seal is refused: %.20s',
    async (query) => {
      const browser = await administrator();
      for (const page of ['answer', 'tokens', 'userinfo'])
        expect((await browser.get(`/playground/${page}?${query}`)).statusCode).toBe(400);
    },
  );
});

describe('secrets', () => {
  test('no token, code or verifier stands in a URL in the clear, nor in the log, and pages are not kept', async () => {
    lines.length = 0;
    const browser = await administrator();
    const answer = await answered(browser, { ...openid, 'scope:offline_access': 'true' });
    const code = /code=([\w-]{64})/.exec(answer.body)?.[1] ?? '';
    const { action, hidden } = formIn(mainOf(answer));
    const redirect = await browser.post(action, hidden);
    const tokens = await browser.follow(redirect);
    const secrets = [code, refreshTokenIn(tokens), ...(tokens.body.match(/eyJ[\w-]{20,}/g) ?? [])];
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      expect(locationOf(redirect)).not.toContain(secret);
      expect(lines.join('')).not.toContain(secret);
    }
    expect(lines.join('')).not.toContain(hidden.run?.slice(0, 40));
    expect(tokens.headers['cache-control']).toBe('no-store');
    expect(tokens.headers['referrer-policy']).toBe('no-referrer');
    expect(locationOf(redirect)?.length).toBeLessThan(7600);
  });

  test('what comes from outside is escaped', async () => {
    const browser = await administrator();
    const begun = await browser.post('/playground', openid);
    const state = new URL(locationOf(begun) ?? '', 'http://localhost').searchParams.get('state');
    const evil = encodeURIComponent('<img src=x onerror=alert(1)>');
    const page = await browser.open(
      `/playground/callback?error=${evil}&error_description=${evil}&${evil}=1&state=${state}`,
    );
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<img src=x');
  });
});

/** Changes the playground's client as an administrator does in the console. */
async function change(metadata: Record<string, unknown>): Promise<void> {
  const client = await findClient(provider.context, client_id);
  if (!client) throw new Error('the client is missing');
  const { client_id: _i, created_at: _c, updated_at: _u, disabled: _d, ...before } = client;
  await updateClient(provider.context, client, { ...before, ...metadata }, actor);
}

function linkIn(page: LightMyRequestResponse, path: string): string {
  const link = new RegExp(`href="(${path}\\?run=[\\w-]+)"`).exec(page.body)?.[1];
  if (link === undefined) throw new Error(`there is no link to ${path}`);
  return link;
}

function refreshTokenIn(page: LightMyRequestResponse): string {
  return /"refresh_token": "([\w-]{64})"/.exec(textOf(page))?.[1] ?? '';
}
