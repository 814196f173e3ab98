import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  authorizationUrl,
  authorize,
  code_challenge,
  obtainCode,
  obtainTokens,
  payloadOf,
  redeem,
} from '../support/code-flow.ts';
import {
  answerOf,
  formIn,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

let provider: Provider;
let client: RegisteredClient;

beforeAll(async () => {
  provider = await startProvider();
  await provider.addUser({ claims: { name: 'Alice Example' } });
  await provider.addUser({ username: 'bob', email: 'bob@example.com' });
  client = await provider.register({
    client_name: 'Example App',
    redirect_uris: [redirect_uri, 'https://app.example/second?foo=bar'],
  });
});
afterAll(() => provider.close());

const signedIn = async (username = 'alice') => {
  const browser = provider.browser();
  await browser.signIn(username);
  return browser;
};

describe('before client and redirect_uri are known, an error is a page and the browser goes nowhere', () => {
  const evil = 'https://evil.example/cb';
  test.each<[string, Record<string, string | undefined>]>([
    ['an unknown client_id', { client_id: 'unknown' }],
    ['no client_id', { client_id: undefined }],
    ['a client_id of 10 kB', { client_id: 'c'.repeat(10_000) }],
    ['a client_id with markup', { client_id: '<img src=x onerror=alert(1)>' }],
    ['an unregistered redirect_uri', { redirect_uri: evil }],
    [
      'an unregistered redirect_uri beside other mistakes',
      { redirect_uri: evil, response_type: 'bogus', prompt: 'x y' },
    ],
    ['an unregistered redirect_uri with prompt=none', { redirect_uri: evil, prompt: 'none' }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['a default port', { redirect_uri: 'https://app.example:443/callback' }],
    ['another port', { redirect_uri: 'https://app.example:8443/callback' }],
    ['another case of the host', { redirect_uri: 'https://APP.example/callback' }],
    ['another case of the scheme', { redirect_uri: 'HTTPS://app.example/callback' }],
    ['another case of the path', { redirect_uri: 'https://app.example/Callback' }],
    ['a slash more', { redirect_uri: 'https://app.example/callback/' }],
    ['characters more', { redirect_uri: 'https://app.example/callbackevil' }],
    ['a query more', { redirect_uri: 'https://app.example/callback?x=1' }],
    ['a fragment', { redirect_uri: 'https://app.example/callback#f' }],
    ['an empty fragment', { redirect_uri: 'https://app.example/callback#' }],
    ['http for https', { redirect_uri: 'http://app.example/callback' }],
    ['a dot segment', { redirect_uri: 'https://app.example/x/../callback' }],
    ['an encoded dot segment', { redirect_uri: 'https://app.example/%2e%2e/callback' }],
    ['a twice encoded dot segment', { redirect_uri: 'https://app.example/%252E%252E/callback' }],
    ['a path parameter in a dot segment', { redirect_uri: 'https://app.example/..;/callback' }],
    ['a dot segment between encoded slashes', { redirect_uri: 'https://app.example/x%2F%2E%2E%2Fcallback' }],
    ['a dot segment with an encoded slash', { redirect_uri: 'https://app.example/x/..%2fcallback' }],
    ['another percent-encoding', { redirect_uri: 'https://app.example/%63allback' }],
    ['a code of its own', { redirect_uri: 'https://app.example/callback&code=evil' }],
    ['userinfo in front of the host', { redirect_uri: 'https://app.example@evil.example/callback' }],
    ['a javascript address', { redirect_uri: 'javascript:alert(1)' }],
    ['a data address', { redirect_uri: 'data:text/html,x' }],
    ['a vbscript address', { redirect_uri: 'vbscript:msgbox' }],
    ['ftp', { redirect_uri: 'ftp://app.example/callback' }],
    ['a relative address', { redirect_uri: '/callback' }],
    ['a scheme-relative address', { redirect_uri: '//evil.example' }],
    ['a line break', { redirect_uri: 'https://app.example/callback\r\nSet-Cookie: a=b' }],
    ['an encoded line break', { redirect_uri: 'https://app.example/callback%0d%0aSet-Cookie:%20a=b' }],
    ['a twice encoded line break', { redirect_uri: 'https://app.example/callback%250d%250aSet-Cookie:%20a=b' }],
    ['a blank in front', { redirect_uri: ' https://app.example/callback' }],
    ['a blank behind', { redirect_uri: 'https://app.example/callback ' }],
    ['a fraction slash', { redirect_uri: 'https://app.example⁄callback' }],
    ['a full-width slash', { redirect_uri: 'https://app.example／callback' }],
    ['an ideographic full stop', { redirect_uri: 'https://app。example/callback' }],
    ['a registered query with a longer value', { redirect_uri: 'https://app.example/second?foo=bara' }],
    ['a registered query with a parameter more', { redirect_uri: 'https://app.example/second?foo=bar&a=b' }],
    ['a registered query with a parameter before', { redirect_uri: 'https://app.example/second?a=b&foo=bar' }],
    ['a registered query left out', { redirect_uri: 'https://app.example/second' }],
    ['a registered query with a slash more', { redirect_uri: 'https://app.example/second?foo=bar/' }],
    ['a registered query with a shorter value', { redirect_uri: 'https://app.example/second?foo=b' }],
    ['a registered query without its value', { redirect_uri: 'https://app.example/second?foo' }],
    ['a registered query twice', { redirect_uri: 'https://app.example/second?foo=bar&foo=bar' }],
  ])('%s', async (_title, changes) => {
    const response = await (await signedIn()).get(authorizationUrl(client, changes));
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.body).toContain('id="error-message"');
    expect(response.body).not.toMatch(/(href|action|src)="[^"]*evil/);
    expect(response.body).not.toContain('<img src=x');
  });

  test.each(['client_id', 'redirect_uri'])('a repeated %s', async (name) => {
    const response = await (await signedIn()).get(
      `${authorizationUrl(client)}&${name}=${encodeURIComponent(redirect_uri)}`,
    );
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
  });

  test.each(['redirect_uri[]', 'redirect_uri[0]', 'redirect_uri.0', 'Redirect_uri'])(
    '%s is an unknown name',
    async (name) => {
      const url = `${authorizationUrl(client)}&${encodeURIComponent(name)}=${encodeURIComponent(evil)}`;
      const answer = await authorize(await signedIn(), url);
      expect(locationOf(answer)).toMatch(/^https:\/\/app\.example\/callback\?code=/);
    },
  );

  test('the administrator finds in the page what was received, sealed, and the visitor does not see it in the clear', async () => {
    const response = await provider.browser().get(authorizationUrl(client, { redirect_uri: evil }));
    expect(response.body).toMatch(/href="\/admin\/diagnosis\?received=[A-Za-z0-9_-]+"/);
    expect(response.body).not.toContain('evil.example');
  });

  test('no redirect_uri, although one alone is registered and no openid is asked for', async () => {
    const plain = await provider.register({ redirect_uris: [redirect_uri], scope: 'profile' });
    const browser = await signedIn();
    const without = authorizationUrl(plain, { redirect_uri: undefined, scope: 'profile' });
    expect((await browser.get(without)).statusCode).toBe(400);
    expect((await browser.open(authorizationUrl(plain, { scope: 'profile' }))).statusCode).toBe(200);
  });

  test('the redirect URI of another client', async () => {
    const other = await provider.register({ redirect_uris: ['https://other.example/cb'] });
    const response = await provider.browser().get(authorizationUrl(client, { redirect_uri: other.redirect_uris[0] }));
    expect(response.statusCode).toBe(400);
  });

  test('a client that is switched off', async () => {
    const off = await provider.register();
    await provider.context.database.run(
      (await import('../../src/storage/database.ts'))
        .sql`UPDATE clients SET disabled_at = 1 WHERE client_id = ${off.client_id}`,
    );
    expect((await provider.browser().get(authorizationUrl(off))).statusCode).toBe(400);
  });
});

describe('once client and redirect_uri are known, an error goes back with state and iss', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['an empty response_type', { response_type: '' }, 'invalid_request'],
    ['an unknown response_type', { response_type: 'tokenn' }, 'unsupported_response_type'],
    ['response_type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown response_mode', { response_mode: 'bogus' }, 'invalid_request'],
    ['no scope', { scope: undefined }, 'invalid_scope|invalid_request'],
    ['a scope outside the grammar', { scope: 'openid "x' }, 'invalid_scope'],
    [
      'a thousand scopes',
      { scope: Array.from({ length: 1000 }, (_, i) => `s${i}`).join(' ') },
      'invalid_request|invalid_scope',
    ],
    ['prompt none with another', { prompt: 'none login' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'bogus' }, 'invalid_request'],
    ['a negative max_age', { max_age: '-1' }, 'invalid_request'],
    ['a max_age that is no number', { max_age: 'abc' }, 'invalid_request'],
    ['a hexadecimal max_age', { max_age: '0x10' }, 'invalid_request'],
    ['a max_age with an exponent', { max_age: '1e9999' }, 'invalid_request'],
    ['a max_age of 40 digits', { max_age: '9'.repeat(40) }, 'invalid_request'],
    ['a registration', { registration: '{}' }, 'registration_not_supported'],
    ['claims that are no JSON', { claims: '{' }, 'invalid_request'],
    ['claims that are an array', { claims: '[]' }, 'invalid_request'],
    ['claims that are null', { claims: 'null' }, 'invalid_request'],
    ['claims of 2000 levels', { claims: `${'{"a":'.repeat(400)}1${'}'.repeat(400)}` }, 'invalid_request'],
    [
      'claims with a member of a wrong type',
      { claims: '{"userinfo":{"name":{"essential":"yes"}}}' },
      'invalid_request',
    ],
    ['claims without openid', { scope: 'profile', claims: '{"userinfo":{"name":null}}' }, 'invalid_request'],
    ['an id_token_hint that is none', { id_token_hint: 'x.y.z' }, 'invalid_request'],
    [
      'an essential acr that is not to be had',
      { claims: '{"id_token":{"acr":{"essential":true,"value":"gold"}}}' },
      'unmet_authentication_requirements',
    ],
    ['no code_challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['an empty code_challenge', { code_challenge: '', code_challenge_method: 'S256' }, 'invalid_request'],
    ['a code_challenge_method alone', { code_challenge: undefined }, 'invalid_request'],
    ['plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a small s256', { code_challenge_method: 's256' }, 'invalid_request'],
    ['S512', { code_challenge_method: 'S512' }, 'invalid_request'],
    ['a blank after S256', { code_challenge_method: 'S256 ' }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'short' }, 'invalid_request'],
    ['a padded challenge', { code_challenge: `${code_challenge}=` }, 'invalid_request'],
    ['a challenge with a plus', { code_challenge: `+${code_challenge.slice(1)}` }, 'invalid_request'],
  ])('%s', async (_title, changes, error) => {
    const response = await (await signedIn()).get(authorizationUrl(client, changes));
    expect(response.statusCode).toBe(303);
    const answer = answerOf(response);
    expect(answer.error).toMatch(new RegExp(`^(${error})$`));
    expect(answer.state).toBe('the-state');
    expect(answer.iss).toBe(provider.config.issuer);
    expect(answer.code).toBeUndefined();
    expect(answer.error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/);
    expect(Object.keys(answer).sort()).toEqual(['error', 'error_description', 'iss', 'state']);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['referrer-policy']).toBe('no-referrer');
  });

  test('a repeated parameter, whose value is not echoed', async () => {
    const answer = answerOf(await (await signedIn()).get(`${authorizationUrl(client)}&state=other`));
    expect(answer).toMatchObject({ error: 'invalid_request', iss: provider.config.issuer });
    expect(answer.state).toBeUndefined();
  });

  test('a response type that the client is not registered for', async () => {
    const machine = await provider.register({ grant_types: ['client_credentials'], redirect_uris: [redirect_uri] });
    const answer = answerOf(await (await signedIn()).get(authorizationUrl(machine)));
    expect(answer.error).toBe('unauthorized_client');
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['an unknown response_type', { response_type: 'tokenn' }, 'unsupported_response_type'],
    ['prompt=none and nobody signed in', { prompt: 'none' }, 'login_required'],
  ])('in a form for %s, and not in an address', async (_title, changes, error) => {
    const url = authorizationUrl(client, { ...changes, response_mode: 'form_post' });
    const page = await provider.browser().get(url);
    expect([page.statusCode, page.headers.location]).toEqual([200, undefined]);
    const { action, hidden } = formIn(page.body);
    expect(action).toBe(redirect_uri);
    expect(Object.keys(hidden).sort()).toEqual(['error', 'error_description', 'iss', 'state']);
    expect(hidden).toMatchObject({ error, state: 'the-state', iss: provider.config.issuer });
  });

  test('in the fragment and in a form when the request asks for that', async () => {
    const browser = await signedIn();
    const fragment = await browser.get(authorizationUrl(client, { prompt: 'bogus', response_mode: 'fragment' }));
    expect(locationOf(fragment)).toMatch(/^https:\/\/app\.example\/callback#error=invalid_request/);
    const form = await browser.get(authorizationUrl(client, { prompt: 'bogus', response_mode: 'form_post' }));
    expect(formIn(form.body)).toMatchObject({
      action: redirect_uri,
      hidden: { error: 'invalid_request', iss: provider.config.issuer },
    });
    expect(form.headers['cache-control']).toBe('no-store');
  });
});

test.each(['text/html', 'application/json', '*/*', undefined])(
  'an error has the form of its endpoint, a page for people and JSON for programs, with Accept: %s',
  async (accept) => {
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const page = await provider.app.inject({ url: '/oidc/oauth2/auth?client_id=unknown', headers });
    expect([page.statusCode, page.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
    const json = await provider.post('/oidc/oauth2/token', { grant_type: 'bogus' }, client, headers);
    expect([json.statusCode, json.json().error]).toEqual([400, 'unsupported_grant_type']);
  },
);

describe('what has no effect without openid', () => {
  let plain: RegisteredClient;
  beforeAll(async () => {
    plain = await provider.register();
  });
  const ask = (browser: TestBrowser, changes: Record<string, string | undefined>) =>
    authorize(browser, authorizationUrl(plain, { scope: 'profile', nonce: undefined, ...changes }));

  test('is refused where somebody relies on it: claims and an id_token_hint', async () => {
    const browser = await signedIn();
    const { id_token } = await obtainTokens(provider, browser, plain);
    for (const changes of [{ claims: '{"userinfo":{"name":null}}' }, { id_token_hint: id_token }])
      expect(answerOf(await ask(browser, changes)).error).toBe('invalid_request');
  });

  test('is let through where libraries send it always: a nonce', async () => {
    expect(answerOf(await ask(await signedIn(), { nonce: 'the-nonce' })).code).toBeDefined();
  });
});

describe('a request that is in order', () => {
  test.each<[string, Record<string, string | undefined>]>([
    ['unknown parameters', { extra: 'foobar', __proto__x: 'y', constructor: 'z' }],
    ['display=page', { display: 'page' }],
    ['display=popup', { display: 'popup' }],
    ['an unknown display', { display: 'hologram' }],
    ['ui_locales and claims_locales', { ui_locales: 'se ../..', claims_locales: 'se' }],
    ['acr_values that nobody knows', { acr_values: 'gold <b>' }],
    ['the login_hint of nobody', { login_hint: 'buffy@id.example' }],
    ['authorization_details, which are not read', { authorization_details: '[{"type":"payment"}]' }],
    ['no state', { state: undefined }],
    ['no nonce', { nonce: undefined }],
    ['blanks and repetitions in prompt', { prompt: ' consent  consent ' }],
    ['another order of scope', { scope: 'email openid' }],
    ['a scope that nobody knows', { scope: 'openid bogus:scope' }],
    ['a nonce of 384 characters', { nonce: 'n'.repeat(384) }],
    ['a state of 1000 characters', { state: 's'.repeat(1000) }],
  ])('may have %s', async (_title, changes) => {
    const answer = answerOf(await authorize(await signedIn(), authorizationUrl(client, changes)));
    expect(answer.code).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(answer.iss).toBe(provider.config.issuer);
    expect(answer.state).toBe('state' in changes ? changes.state : 'the-state');
    expect('state' in answer).toBe(!('state' in changes) || changes.state !== undefined);
  });

  test('may come without PKCE, and then without a nonce too, from a confidential client registered so', async () => {
    const older = await provider.register({ require_pkce: false });
    const without = { code_challenge: undefined, code_challenge_method: undefined, nonce: undefined };
    const answer = answerOf(await authorize(await signedIn(), authorizationUrl(older, without)));
    const redeemed = await redeem(provider, older, answer.code ?? '', { code_verifier: undefined });
    expect(payloadOf(redeemed.json().id_token).nonce).toBeUndefined();
    const refused = answerOf(await (await signedIn()).get(authorizationUrl(client, without)));
    expect(refused.error).toBe('invalid_request');
  });

  test('gives back every state byte for byte, escaped in a form', async () => {
    const state = '"><foo>bar_baz(2)far</foo>&=+%20\'é';
    const browser = await signedIn();
    expect(answerOf(await authorize(browser, authorizationUrl(client, { state }))).state).toBe(state);
    const page = await authorize(browser, authorizationUrl(client, { state, response_mode: 'form_post' }));
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<foo>');
    const { action, hidden } = formIn(page.body);
    expect(action).toBe(redirect_uri);
    expect(hidden).toMatchObject({ state, iss: provider.config.issuer });
    expect(hidden.code).toBeDefined();
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });

  test('keeps the query of a registered redirect URI and adds to it', async () => {
    const [, second] = client.redirect_uris;
    const response = await authorize(await signedIn(), authorizationUrl(client, { redirect_uri: second }));
    expect(locationOf(response)).toMatch(
      /^https:\/\/app\.example\/second\?foo=bar&code=[^&]+&session_state=[^&]+&state=the-state&iss=/,
    );
  });

  test('may come as a POST of a form, and not as anything else', async () => {
    const browser = await signedIn();
    const [path, query] = authorizationUrl(client).split('?');
    const form = Object.fromEntries(new URLSearchParams(query));
    const posted = await browser.post(path ?? '', form, {
      origin: 'https://app.example',
      'sec-fetch-site': 'cross-site',
    });
    expect(posted.statusCode).toBe(303);
    const done = await browser.follow(posted);
    expect(done.body.includes('consent-allow') || locationOf(done) !== undefined).toBe(true);
    const json = await provider.app.inject({
      method: 'POST',
      url: '/oidc/oauth2/auth',
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(json.statusCode).toBe(415);
    expect(json.headers['content-type']).toContain('text/html');
  });

  test('may not be longer than 16 KiB', async () => {
    const response = await provider.app.inject(`${authorizationUrl(client)}&x=${'x'.repeat(20_000)}`);
    expect(response.statusCode).toBe(414);
  });

  test('never shows the code on a page or in a cookie', async () => {
    const browser = await signedIn();
    const code = await obtainCode(browser, client);
    expect([...browser.cookies.values()].join()).not.toContain(code);
    expect((await browser.open('/')).body).not.toContain(code);
  });
});

describe('signing in for an application', () => {
  test('shows which application it is for, goes on after the password, and asks for consent once', async () => {
    const app = await provider.register({ client_name: 'Photos', redirect_uris: [redirect_uri] });
    const browser = provider.browser();
    const login = await browser.open(authorizationUrl(app, { scope: 'openid profile email' }));
    expect(login.body).toContain('Photos');
    const consent = await browser.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    expect(consent.body).toContain('Allow Photos?');
    expect(consent.body).toContain('alice@example.com');
    const answer = answerOf(await browser.submit(consent, { decision: 'allow' }));
    expect(answer.code).toBeDefined();

    const again = await browser.open(authorizationUrl(app, { scope: 'openid profile' }));
    expect(answerOf(again).code).toBeDefined();
    const more = await browser.open(authorizationUrl(app, { scope: 'openid profile phone' }));
    expect(more.body).toContain('consent-allow');
  });

  test('consent is remembered for what was allowed, and asked for again when more is wanted', async () => {
    const app = await provider.register();
    const browser = await signedIn();
    await obtainCode(browser, app, { scope: 'openid profile' });
    const silently = async (scope: string) =>
      answerOf(await browser.get(authorizationUrl(app, { scope, prompt: 'none' })));
    expect((await silently('openid')).code).toBeDefined();
    expect((await silently('openid profile email')).error).toBe('consent_required');
    expect((await browser.open(authorizationUrl(app, { scope: 'openid profile email' }))).body).toContain(
      'consent-allow',
    );
  });

  test('a first-party client asks for no consent', async () => {
    const app = await provider.register({ first_party: true });
    expect(answerOf(await (await signedIn()).open(authorizationUrl(app))).code).toBeDefined();
  });

  test.each([
    ['sign-in', 'login-submit'],
    ['consent', 'consent-allow'],
  ])('cancelling at %s tells the client access_denied', async (_title, mark) => {
    const app = await provider.register();
    const browser = mark === 'consent-allow' ? await signedIn() : provider.browser();
    const page = await browser.open(authorizationUrl(app));
    expect(page.body).toContain(mark);
    expect(answerOf(await browser.submit(page, { decision: 'deny' }))).toMatchObject({
      error: 'access_denied',
      state: 'the-state',
    });
  });

  test('the login_hint is filled in and escaped', async () => {
    const page = await provider.browser().open(authorizationUrl(client, { login_hint: '"><script>alert(1)</script>' }));
    expect(page.body).not.toContain('<script>alert');
    expect(page.body).toContain('&quot;&gt;&lt;script&gt;');
  });

  test('a page opened in another browser is refused there, with an offer to start again', async () => {
    const browser = provider.browser();
    const first = await browser.get(authorizationUrl(client));
    const page = locationOf(first) ?? '';
    expect((await browser.get(page)).statusCode).toBe(200);
    for (const path of [page, page.replace('/login', '/oidc/oauth2/auth'), page.replace('/login', '/consent')]) {
      const other = await provider.browser().get(path);
      expect(other.statusCode).toBe(400);
      expect(other.body).toContain('start again');
    }
  });

  test('an altered or truncated continuation is refused', async () => {
    const browser = provider.browser();
    const page = locationOf(await browser.get(authorizationUrl(client))) ?? '';
    expect((await browser.get(page.slice(0, -3))).statusCode).toBe(400);
    expect((await browser.get(`${page.slice(0, -3)}AAA`)).statusCode).toBe(400);
    expect((await browser.get('/oidc/oauth2/auth?continuation=x')).statusCode).toBe(400);
  });

  test('a sign-in begun more than an hour ago must be started again', async () => {
    const own = await startProvider();
    const app = await own.register();
    const browser = own.browser();
    const page = locationOf(await browser.get(authorizationUrl(app))) ?? '';
    own.clock.advance(3601);
    expect((await browser.get(page)).statusCode).toBe(400);
    await own.close();
  });

  test('a finished consent submitted again gives no second code', async () => {
    const app = await provider.register();
    const browser = await signedIn();
    const consent = await browser.open(authorizationUrl(app));
    expect(answerOf(await browser.submit(consent, { decision: 'allow' })).code).toBeDefined();
    const again = await browser.submit(consent, { decision: 'allow' });
    expect(again.statusCode).toBe(400);
    expect(again.body).toContain('Already done');
  });

  test('a consent sent twice at the same instant gives one code', async () => {
    const app = await provider.register();
    const browser = await signedIn();
    const consent = await browser.open(authorizationUrl(app));
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.submit(consent, { decision: 'allow' })));
    expect(answers.filter((answer) => locationOf(answer)?.includes('code=')).length).toBe(1);
  });

  test('a consent shown to one person does not count for another', async () => {
    const app = await provider.register();
    const browser = await signedIn();
    const consent = await browser.open(authorizationUrl(app));
    await browser.post('/logout', {});
    const signedOut = await browser.submit(consent, { decision: 'allow' });
    expect(signedOut.body).toContain('id="login-password"');
    await browser.signIn('bob');
    for (const decision of ['allow', 'deny']) {
      const response = await browser.submit(consent, { decision });
      expect(response.statusCode).toBe(400);
      expect(response.headers.location).toBeUndefined();
      expect(response.body).toContain('Choose an account');
    }
  });

  test('what one person did on the way counts for nobody who signs in before the way is finished', async () => {
    const app = await provider.register();
    await obtainCode(await signedIn('bob'), app);
    const browser = await signedIn();
    const consent = await browser.open(authorizationUrl(app, { prompt: 'consent' }));
    const { action, hidden } = formIn(consent.body);
    const allowed = locationOf(await browser.post(action, { ...hidden, decision: 'allow' })) ?? '';
    const login = formIn((await browser.open(authorizationUrl(client, { prompt: 'login' }))).body);
    const form = { ...login.hidden, username: 'alice', password: 'correct horse battery staple' };
    const proved = locationOf(await browser.post(login.action, form)) ?? '';
    await browser.post('/logout', {});
    await browser.signIn('bob');
    expect((await browser.open(allowed)).body).toContain('id="consent-allow"');
    expect((await browser.open(proved)).body).toContain('id="login-password"');
  });

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from a sibling domain', { 'sec-fetch-site': 'same-site', origin: 'http://sub.localhost:9000' }],
    ['without saying from where', { 'sec-fetch-site': '', origin: '' }],
  ])('a consent posted %s is refused', async (_title, headers) => {
    const app = await provider.register();
    const browser = await signedIn();
    const { action, hidden } = formIn((await browser.open(authorizationUrl(app))).body);
    const response = await browser.post(action, { ...hidden, decision: 'allow' }, headers);
    expect(response.statusCode).toBe(403);
  });

  test('two tabs for two clients do not mix', async () => {
    const one = await provider.register({ client_name: 'One', redirect_uris: ['https://one.example/cb'] });
    const two = await provider.register({ client_name: 'Two', redirect_uris: ['https://two.example/cb'] });
    const browser = provider.browser();
    const first = await browser.open(authorizationUrl(one, { redirect_uri: 'https://one.example/cb', state: '1' }));
    const second = await browser.open(authorizationUrl(two, { redirect_uri: 'https://two.example/cb', state: '2' }));
    const consentTwo = await browser.submit(second, { username: 'alice', password: 'correct horse battery staple' });
    const consentOne = await browser.submit(first, { username: 'alice', password: 'correct horse battery staple' });
    expect(locationOf(await browser.submit(consentOne, { decision: 'allow' }))).toMatch(
      /^https:\/\/one\.example\/cb\?code=.*state=1/,
    );
    expect(locationOf(await browser.submit(consentTwo, { decision: 'allow' }))).toMatch(
      /^https:\/\/two\.example\/cb\?code=.*state=2/,
    );
  });

  test('a request larger than a URL may be is refused before anybody signs in', async () => {
    const answer = answerOf(
      await provider.browser().get(
        authorizationUrl(client, {
          state: 's'.repeat(4000),
          claims: `{"userinfo":{"name":null}}${' '.repeat(3900)}`,
          nonce: 'n'.repeat(900),
          login_hint: 'l'.repeat(480),
        }),
      ),
    );
    expect(answer.error).toBe('invalid_request');
  });
});

describe('prompt, max_age and hints', () => {
  let own: Provider;
  let app: RegisteredClient;
  beforeAll(async () => {
    own = await startProvider();
    await own.addUser();
    await own.addUser({ username: 'bob', email: 'bob@example.com' });
    app = await own.register();
  });
  afterAll(() => own.close());
  const ready = async (username = 'alice') => {
    const browser = own.browser();
    await authorize(browser, authorizationUrl(app, { prompt: 'login' }), { username });
    return browser;
  };

  test('prompt=none without a session is login_required', async () => {
    expect(answerOf(await own.browser().get(authorizationUrl(app, { prompt: 'none' }))).error).toBe('login_required');
  });

  test('prompt=none without a consent is consent_required', async () => {
    const fresh = await own.register();
    expect(answerOf(await (await ready()).get(authorizationUrl(fresh, { prompt: 'none' }))).error).toBe(
      'consent_required',
    );
  });

  test('prompt=none with session and consent answers silently, with the same sub and auth_time', async () => {
    const browser = await ready();
    const first = payloadOf((await obtainTokens(own, browser, app)).id_token);
    own.clock.advance(10);
    const response = await browser.get(authorizationUrl(app, { prompt: 'none' }));
    const second = payloadOf((await redeem(own, app, answerOf(response).code ?? '')).json().id_token);
    expect(second.sub).toBe(first.sub);
    expect(second.auth_time).toBe(first.auth_time);
  });

  test('prompt=consent asks although consent is remembered', async () => {
    expect((await (await ready()).open(authorizationUrl(app, { prompt: 'consent' }))).body).toContain('consent-allow');
  });

  test('prompt=login asks for the password even in the second in which somebody signed in, and then goes on', async () => {
    const browser = await ready();
    const page = await browser.open(authorizationUrl(app, { prompt: 'login' }));
    expect(page.body).toContain('login-password');
    const cookie = browser.cookies.get('castellan_session');
    const done = await browser.submit(page, { username: 'alice', password: 'correct horse battery staple' });
    expect(answerOf(done).code).toBeDefined();
    expect(browser.cookies.get('castellan_session')).not.toBe(cookie);
  });

  test('prompt=login gives a later auth_time', async () => {
    const browser = await ready();
    const first = payloadOf((await obtainTokens(own, browser, app)).id_token);
    own.clock.advance(2);
    const second = payloadOf((await obtainTokens(own, browser, app, { prompt: 'login' })).id_token);
    expect(Number(second.auth_time)).toBeGreaterThan(Number(first.auth_time));
  });

  test.each(['1', '0'])('max_age=%s after two seconds asks for the password again', async (max_age) => {
    const browser = await ready();
    own.clock.advance(2);
    expect((await browser.open(authorizationUrl(app, { max_age }))).body).toContain('login-password');
    const silent = await browser.get(authorizationUrl(app, { max_age, prompt: 'none' }));
    expect(answerOf(silent).error).toBe('login_required');
  });

  test('a slow consent does not ask for the password once more, however small max_age is', async () => {
    const fresh = await own.register();
    const browser = await ready();
    own.clock.advance(5);
    const login = await browser.open(authorizationUrl(fresh, { max_age: '1' }));
    const consent = await browser.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    own.clock.advance(100);
    expect(answerOf(await browser.submit(consent, { decision: 'allow' })).code).toBeDefined();
  });

  test('max_age=10000 keeps the session and puts auth_time into the ID Token', async () => {
    const browser = await ready();
    own.clock.advance(30);
    const answer = answerOf(await browser.open(authorizationUrl(app, { max_age: '10000' })));
    const { auth_time } = payloadOf((await redeem(own, app, answer.code ?? '')).json().id_token);
    expect(auth_time).toBe(own.clock.now - 30);
  });

  test('acr_values that discovery names are answered with one of them', async () => {
    const { acr_values_supported } = (await own.app.inject('/oidc/.well-known/openid-configuration')).json();
    const tokens = await obtainTokens(own, await ready(), app, { acr_values: acr_values_supported.join(' ') });
    expect(acr_values_supported).toContain(payloadOf(tokens.id_token).acr);
  });

  test('default_max_age of the client counts when the request has none', async () => {
    const strict = await own.register({ default_max_age: 60 });
    const browser = await ready();
    own.clock.advance(61);
    expect((await browser.open(authorizationUrl(strict))).body).toContain('login-password');
  });

  test('prompt=select_account asks which account, and another may be used', async () => {
    const browser = await ready();
    const page = await browser.open(authorizationUrl(app, { prompt: 'select_account' }));
    expect(page.body).toContain('Choose an account');
    expect(answerOf(await browser.submit(page, { decision: 'continue' })).code).toBeDefined();

    const again = await browser.open(authorizationUrl(app, { prompt: 'select_account' }));
    const login = await browser.submit(again, { decision: 'other' });
    expect(login.body).toContain('login-password');
    const silent = await browser.get(authorizationUrl(app, { prompt: 'none' }));
    expect(answerOf(silent).code).toBeDefined();
  });

  test('an id_token_hint of the same person, even an expired one, is silent; of another it is not', async () => {
    const alice = await ready();
    const { id_token } = await obtainTokens(own, alice, app);
    own.clock.advance(7200);
    expect(
      answerOf(await alice.get(authorizationUrl(app, { prompt: 'none', id_token_hint: id_token }))).code,
    ).toBeDefined();

    const bob = await ready('bob');
    const silent = await bob.get(authorizationUrl(app, { prompt: 'none', id_token_hint: id_token }));
    expect(answerOf(silent).error).toBe('login_required');
    const login = await bob.open(authorizationUrl(app, { id_token_hint: id_token }));
    expect(login.body).toContain('login-password');
    const wrong = await bob.submit(login, { username: 'bob', password: 'correct horse battery staple' });
    expect(answerOf(wrong).error).toBe('login_required');
  });

  test('a claims request for the sub of another person gives no code', async () => {
    const browser = await ready();
    const claims = JSON.stringify({ id_token: { sub: { value: 'somebody-else' } } });
    expect(answerOf(await browser.get(authorizationUrl(app, { prompt: 'none', claims }))).error).toBe('login_required');
  });

  test.each([
    [
      'unsigned',
      (jwt: string) => `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${jwt.split('.')[1]}.`,
    ],
    ['cut', (jwt: string) => jwt.slice(0, -10)],
    [
      'with another payload',
      (jwt: string) => jwt.replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"x"}').toString('base64url')}.`),
    ],
  ])('an id_token_hint that is %s is refused', async (_title, change) => {
    const browser = await ready();
    const { id_token = '' } = await obtainTokens(own, browser, app);
    const response = await browser.get(authorizationUrl(app, { id_token_hint: change(id_token) }));
    expect(answerOf(response).error).toBe('invalid_request');
  });

  test('an access token is no id_token_hint', async () => {
    const browser = await ready();
    const { access_token } = await obtainTokens(own, browser, app);
    const response = await browser.get(authorizationUrl(app, { id_token_hint: access_token }));
    expect(answerOf(response).error).toBe('invalid_request');
  });
});

describe('native applications', () => {
  const native = (redirect: string) =>
    provider.register({
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [redirect],
    });

  test.each<[string, string, boolean]>([
    ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb', true],
    ['http://[::1]/cb', 'http://[::1]:51004/cb', true],
    ['http://127.0.0.1/cb', 'http://127.0.0.1/cb', true],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/other', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb?x=1', false],
    ['http://127.0.0.1/cb', 'http://localhost:51004/cb', false],
    ['http://127.0.0.1/cb', 'http://127.1:51004/cb', false],
    ['http://127.0.0.1/cb', 'http://0x7f.1:51004/cb', false],
    ['http://127.0.0.1/cb', 'http://[::ffff:127.0.0.1]:51004/cb', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:0/cb', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:070/cb', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:99999/cb', false],
    ['http://127.0.0.1/cb', 'http://127.0.0.1:80@evil.example/cb', false],
    ['http://127.0.0.1/cb', 'https://127.0.0.1:51004/cb', false],
    ['http://localhost/cb', 'http://localhost:51004/cb', false],
    ['http://localhost:[3636-3666]/cb', 'http://localhost:3636/cb', true],
    ['http://localhost:[3636-3666]/cb', 'http://localhost:3666/cb', true],
    ['http://localhost:[3636-3666]/cb', 'http://localhost:3667/cb', false],
    ['http://localhost:[3636-3666]/cb', 'http://localhost:03640/cb', false],
    ['http://localhost:[3636-3666]/cb', 'http://localhost:3640/cb/', false],
    ['http://localhost:[3636-3666]/cb', 'http://localhost/cb', false],
    ['com.example.app:/cb', 'com.example.app:/cb', true],
    ['com.example.app:/cb', 'com.example.app:///cb', false],
    ['com.example.app:/cb', 'COM.example.app:/cb', false],
  ])('registered %s, asked for %s: %s', async (registered, asked, isAccepted) => {
    const app = await native(registered);
    const response = await authorize(await signedIn(), authorizationUrl(app, { redirect_uri: asked }));
    if (isAccepted) expect(locationOf(response)?.startsWith(`${asked}?code=`)).toBe(true);
    else expect(response.statusCode).toBe(400);
  });

  test('the port is free only for a native client', async () => {
    const web = await provider.register({ redirect_uris: ['http://127.0.0.1/cb'] });
    const response = await provider.browser().get(authorizationUrl(web, { redirect_uri: 'http://127.0.0.1:5/cb' }));
    expect(response.statusCode).toBe(400);
  });

  test('without a secret and without https it is asked about each time, since it can be impersonated', async () => {
    const app = await native('http://127.0.0.1/cb');
    const browser = await signedIn();
    const url = authorizationUrl(app, { redirect_uri: 'http://127.0.0.1:9/cb' });
    expect(answerOf(await authorize(browser, url)).code).toBeDefined();
    expect((await browser.open(url)).body).toContain('consent-allow');
    expect(answerOf(await browser.get(`${url}&prompt=none`)).error).toBe('consent_required');
  });
});
