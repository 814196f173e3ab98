import fc from 'fast-check';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OutboundError } from '../../src/lib/outbound-fetch.ts';
import { sha256 } from '../../src/lib/split-token.ts';
import { authorizationUrl, payloadOf, redeem } from '../support/code-flow.ts';
import {
  answerOf,
  encode,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { push, pushedUrl, requestParameters } from '../support/pushed-request.ts';
import { type ClientKey, newClientKey, requestClaims, signRequestObject } from '../support/request-object.ts';

const second = 'https://app.example/second';
/** What is on the web, by address, and what was fetched of it. */
const web = new Map<string, { status?: number; body: string }>();
const fetched: string[] = [];

let provider: Provider;
let client: RegisteredClient;
/** Must sign its requests, and so must date them. */
let strict: RegisteredClient;
let key: ClientKey;
let otherKey: ClientKey;
let browser: TestBrowser;

beforeAll(async () => {
  provider = await startProvider({
    async fetchPublic(address) {
      fetched.push(address);
      const found = web.get(address);
      if (!found) throw new OutboundError('there is nothing');
      return { status: 200, contentType: 'text/plain', headers: {}, ...found };
    },
  });
  await provider.addUser();
  key = await newClientKey('ES256');
  otherKey = await newClientKey('ES256');
  const metadata = { first_party: true, redirect_uris: [redirect_uri, second], jwks: { keys: [key.publicJwk] } };
  client = await provider.register({
    ...metadata,
    request_uris: ['https://app.example/r', 'https://app.example/r#v2'],
  });
  strict = await provider.register({ ...metadata, require_signed_request_object: true });
});
afterAll(() => provider.close());
beforeEach(async () => {
  web.clear();
  fetched.length = 0;
  browser = provider.browser();
  await browser.signIn();
});

const claims = (changes: Record<string, unknown> = {}, of = client) => requestClaims(provider, of, changes);
const sign = (payload: unknown, header = {}, by = key) => signRequestObject(by, payload, header);
/** An authorization request with these and only these parameters, beside the client_id. */
const url = (parameters: Record<string, string | undefined>, of = client) =>
  `/oidc/oauth2/auth?${encode({ client_id: of.client_id, ...parameters })}`;

describe('a request object', () => {
  test.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'])(
    'signed with %s gives a code for what it says',
    async (alg) => {
      const own = await newClientKey(alg);
      const app = await provider.register({ first_party: true, jwks: { keys: [own.publicJwk] } });
      const request = await sign(claims({}, app), {}, own);
      const { code, state } = answerOf(await browser.get(url({ request }, app)));
      expect(state).toBe('the-state');
      expect(payloadOf((await redeem(provider, app, code ?? '')).json().id_token).nonce).toBe('the-nonce');
    },
  );

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['without typ', {}, { typ: undefined }],
    ['with typ JWT', {}, { typ: 'JWT' }],
    ['with the whole media type for typ', {}, { typ: 'application/oauth-authz-req+jwt' }],
    ['with several audiences', { aud: ['https://other.example', 'ISSUER'] }, {}],
    ['with nbf 8 seconds ahead', { nbf: 8 }, {}],
    ['without exp and nbf', { exp: undefined, nbf: undefined }, {}],
    ['without client_id inside', { client_id: undefined }, {}],
    ['with a max_age that is a number', { max_age: 10_000 }, {}],
    ['with claims that are an object', { claims: { userinfo: { name: null } } }, {}],
    ['with members that nobody knows', { extra: { a: [1] }, jti: 'x', iat: 1 }, {}],
  ])('%s is accepted', async (_title, changes, header) => {
    const { aud, nbf } = changes;
    const timed = typeof nbf === 'number' ? { ...changes, nbf: provider.clock.now + nbf } : changes;
    const whole = Array.isArray(aud) ? { ...timed, aud: [aud[0], provider.config.issuer] } : timed;
    expect(answerOf(await browser.get(url({ request: await sign(claims(whole), header) }))).code).toBeDefined();
  });

  test('counts alone: what stands outside is not read', async () => {
    const inside = claims({ redirect_uri: second, state: undefined, scope: 'openid email' });
    const outside = { ...requestParameters, state: 'outside', nonce: 'outside', scope: 'bogus', prompt: 'none login' };
    const response = await browser.get(url({ ...outside, request: await sign(inside) }));
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/second\?code=/);
    const { code, state } = answerOf(response);
    expect(state).toBeUndefined();
    const tokens = (await redeem(provider, client, code ?? '', { redirect_uri: second })).json();
    expect(payloadOf(tokens.id_token).nonce).toBe('the-nonce');
    expect(tokens.scope).toBe('openid email');
  });

  test('is verified once: a sign-in that outlasts it goes on', async () => {
    const own = await startProvider();
    await own.addUser();
    const app = await own.register({ jwks: { keys: [key.publicJwk] }, require_signed_request_object: true });
    const request = await sign(requestClaims(own, app));
    const visitor = own.browser();
    const login = await visitor.open(url({ request }, app));
    own.clock.advance(1800);
    const consent = await visitor.submit(login, { username: 'alice', password: 'correct horse battery staple' });
    expect(answerOf(await visitor.submit(consent, { decision: 'allow' })).code).toBeDefined();
    await own.close();
  });

  test('may come in a POST', async () => {
    const form = { client_id: client.client_id, request: await sign(claims()) };
    const posted = await browser.post('/oidc/oauth2/auth', form, { 'sec-fetch-site': 'cross-site' });
    expect(answerOf(await browser.follow(posted)).code).toBeDefined();
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unregistered redirect_uri', { redirect_uri: 'https://evil.example/cb' }],
    ['no redirect_uri', { redirect_uri: undefined }],
  ])('with %s inside gives a page, whatever stands outside', async (_title, changes) => {
    const response = await browser.get(url({ ...requestParameters, request: await sign(claims(changes)) }));
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).toContain('id="error-message"');
  });

  test('with a mistake in a parameter is answered at the redirect_uri inside', async () => {
    const request = await sign(claims({ redirect_uri: second, prompt: 'none login' }));
    const response = await browser.get(url({ request }));
    expect(locationOf(response)).toMatch(/^https:\/\/app\.example\/second\?error=invalid_request&/);
  });

  test('opened by another browser is no more than an ordinary request', async () => {
    const request = url({ request: await sign(claims()) });
    expect(answerOf(await browser.get(request)).code).toBeDefined();
    expect((await provider.browser().open(request)).body).toContain('login-password');
  });
});

/** Each of them a function of time, for the clock of the test stands only once it runs. */
const refusals: readonly (readonly [string, () => Promise<string>])[] = [
  ['unsigned, with another redirect_uri', async () => unsecured({ redirect_uri: 'https://evil.example/cb' })],
  ['unsigned with a signature of something else', async () => `${unsecured()}${(await sign(claims())).split('.')[2]}`],
  ['signed by another key', () => sign(claims(), {}, otherKey)],
  ['signed by another key that it brings along', () => sign(claims(), { jwk: otherKey.publicJwk }, otherKey)],
  ['of an unknown kid', () => sign(claims(), { kid: 'unknown' })],
  [
    'with another payload',
    async () => (await sign(claims())).replace(/\.[^.]+\./, `.${unsecured({ state: 'x' }).split('.')[1]}.`),
  ],
  ['without a signature', async () => (await sign(claims())).replace(/[^.]+$/, '')],
  ['cut', async () => (await sign(claims())).slice(0, -5)],
  ['encrypted', async () => `${await sign(claims())}.a.b`],
  ['with a critical header', () => sign(claims(), { b64: true, crit: ['b64'] })],
  ['that is no JSON', () => sign('not JSON')],
  ['that is a list', () => sign([])],
  ['of null', () => sign(null)],
  ['of another issuer', () => sign(claims({ iss: 'other' }))],
  ['without an issuer', () => sign(claims({ iss: undefined }))],
  ['for another audience', () => sign(claims({ aud: 'https://other.example' }))],
  ['for our address beginning likewise', () => sign(claims({ aud: `${provider.config.issuer}.evil.example` }))],
  ['without an audience', () => sign(claims({ aud: undefined }))],
  ['that has expired', () => sign(claims({ exp: provider.clock.now }))],
  ['with exp in words', () => sign(claims({ exp: 'tomorrow' }))],
  ['of more than 60 seconds ahead', () => sign(claims({ nbf: provider.clock.now + 61 }))],
  ['of another client_id', () => sign(claims({ client_id: 'other' }))],
  ['with request inside', async () => sign(claims({ request: await sign(claims()) }))],
  ['with request_uri inside', () => sign(claims({ request_uri: 'https://app.example/r' }))],
  ['typed as an access token', () => sign(claims(), { typ: 'at+jwt' })],
  ['typed as a DPoP proof', () => sign(claims(), { typ: 'dpop+jwt' })],
  ['typed as a logout token', () => sign(claims(), { typ: 'logout+jwt' })],
  ['that is a client assertion', () => sign(claims({ sub: client.client_id, jti: 'x' }), { typ: 'JWT' })],
  ['with a state that is an object', () => sign(claims({ state: { a: 1 } }))],
  ['with a scope that is a list', () => sign(claims({ scope: ['openid'] }))],
  ['with half a surrogate pair', () => sign(claims({ state: '\ud800' }))],
  ['with NUL', () => sign(claims({ state: 'a\0b' }))],
  ['that is no JWT', async () => 'request'],
];
const unsecured = (changes: Record<string, unknown> = {}) => new UnsecuredJWT(claims(changes)).encode();

describe('is refused with invalid_request_object, and gives no code', () => {
  test.each(refusals)('one %s', async (_title, make) => {
    const request = await make();
    const response = await browser.get(url({ ...requestParameters, request }));
    expect(locationOf(response)?.startsWith(`${redirect_uri}?`)).toBe(true);
    const answer = answerOf(response);
    expect(answer).toMatchObject({ error: 'invalid_request_object', state: 'the-state' });
    expect(answer.code).toBeUndefined();

    const alone = await browser.get(url({ request }));
    expect(alone.statusCode).toBe(400);
    expect(alone.headers.location).toBeUndefined();

    const pushed = await push(provider, client, { request });
    expect(pushed.statusCode).toBe(400);
    expect(pushed.json().error).toBe('invalid_request_object');
  });

  test.each<[string, (now: number) => Record<string, unknown>]>([
    ['without exp', () => ({ exp: undefined })],
    ['without nbf', () => ({ nbf: undefined })],
    ['with exp more than 60 minutes after nbf', (now) => ({ nbf: now, exp: now + 3601 })],
    ['with nbf more than 60 minutes ago', (now) => ({ nbf: now - 3601, exp: now - 1 + 60 })],
  ])('one %s, of a client that must sign its requests', async (_title, changes) => {
    const request = await sign(claims(changes(provider.clock.now), strict));
    const answer = answerOf(await browser.get(url({ ...requestParameters, request }, strict)));
    expect(answer.error).toBe('invalid_request_object');
    expect((await push(provider, strict, { request })).json().error).toBe('invalid_request_object');
    const inOrder = await sign(claims({ nbf: provider.clock.now - 3500, exp: provider.clock.now + 60 }, strict));
    expect(answerOf(await browser.get(url({ request: inOrder }, strict))).code).toBeDefined();
  });

  test('one signed with another algorithm than the client registered', async () => {
    const [rsa, elliptic] = [await newClientKey('RS256', 'rsa'), await newClientKey('ES256', 'ec')];
    const keys = { jwks: { keys: [rsa.publicJwk, elliptic.publicJwk] } };
    const app = await provider.register({ first_party: true, ...keys, request_object_signing_alg: 'ES256' });
    const by = async (signer: ClientKey) =>
      answerOf(await browser.get(url({ ...requestParameters, request: await sign(claims({}, app), {}, signer) }, app)));
    expect((await by(rsa)).error).toBe('invalid_request_object');
    expect((await by(elliptic)).code).toBeDefined();
  });

  test('one of another response_type than outside', async () => {
    const request = await sign(claims({ response_type: 'none' }));
    const answer = answerOf(await browser.get(url({ ...requestParameters, request })));
    expect(answer.error).toBe('invalid_request_object');
    expect((await push(provider, client, { request })).json().error).toBe('invalid_request_object');
  });

  test('one of a client without keys', async () => {
    const app = await provider.register();
    const request = await sign(claims({}, app));
    const answer = answerOf(await browser.get(url({ ...requestParameters, request }, app)));
    expect(answer.error).toBe('invalid_request_object');
  });

  test("one signed with the key of another client, even for that client's id", async () => {
    const app = await provider.register({ jwks: { keys: [otherKey.publicJwk] } });
    for (const request of [await sign(claims({}, app)), await sign(claims({}, client), {}, otherKey)]) {
      const answer = answerOf(await browser.get(url({ ...requestParameters, request }, app)));
      expect(answer.error).toBe('invalid_request_object');
    }
  });
});

describe('a client that must sign its requests', () => {
  test('may not send or push plain ones', async () => {
    expect(answerOf(await browser.get(authorizationUrl(strict))).error).toBe('invalid_request');
    const pushed = await push(provider, strict);
    expect(pushed.statusCode).toBe(400);
    expect(pushed.json().error).toBe('invalid_request');
  });

  test('may push signed ones, and what counts is inside; the reference lives no longer than the object', async () => {
    const inside = { redirect_uri: second, exp: provider.clock.now + 20, nonce: 'inside' };
    const request = await sign(claims(inside, strict));
    const form = { client_id: strict.client_id, request, nonce: 'outside', state: 'outside' };
    const response = await provider.post('/oidc/oauth2/par', form, strict);
    expect(response.statusCode).toBe(201);
    expect(response.json().expires_in).toBe(20);
    const answer = await browser.get(pushedUrl(strict, response.json().request_uri));
    expect(locationOf(answer)).toMatch(/^https:\/\/app\.example\/second\?code=/);
    expect(answerOf(answer).state).toBe('the-state');
    const tokens = await redeem(provider, strict, answerOf(answer).code ?? '', { redirect_uri: second });
    expect(payloadOf(tokens.json().id_token).nonce).toBe('inside');
  });

  test('cannot be registered without keys', async () => {
    await expect(provider.register({ require_signed_request_object: true })).rejects.toMatchObject({
      error: 'invalid_client_metadata',
    });
  });

  test.each(['none', 'HS256'])('cannot be registered for request objects of alg %s', async (alg) => {
    await expect(provider.register({ request_object_signing_alg: alg })).rejects.toMatchObject({
      error: 'invalid_client_metadata',
    });
  });
});

describe('a request_uri', () => {
  test.each(['https://app.example/r', 'https://app.example/r#v2'])(
    'registered as %s is fetched without its fragment, of whatever content type',
    async (request_uri) => {
      web.set('https://app.example/r', { body: `${await sign(claims())}\n` });
      const outside = { ...requestParameters, state: 'outside' };
      expect(answerOf(await browser.get(url({ ...outside, request_uri })))).toMatchObject({ state: 'the-state' });
      expect(fetched).toEqual(['https://app.example/r']);
    },
  );

  test('whose fragment is the hash of the request object is fetched once', async () => {
    const { clock, config } = provider;
    const client_id = `app-${clock.now}`;
    const body = await sign({ ...claims(), iss: client_id, client_id, aud: config.issuer, exp: undefined });
    const request_uri = `https://app.example/kept#${sha256(body)}`;
    const changed = `https://app.example/kept#${sha256('another version')}`;
    const metadata = { first_party: true, jwks: { keys: [key.publicJwk] }, request_uris: [request_uri, changed] };
    const app = await provider.register(metadata, { client_id });
    web.set('https://app.example/kept', { body });
    for (const _ of [1, 2, 3]) expect(answerOf(await browser.get(url({ request_uri }, app))).code).toBeDefined();
    expect(fetched).toHaveLength(1);
    for (const _ of [1, 2]) await browser.get(url({ request_uri: changed }, app));
    expect(fetched).toHaveLength(3);
  });

  test.each([
    'http://attacker.example/',
    'https://app.example/r?x=1',
    'https://app.example/R',
    'https://app.example/r#v3',
    'https://app.example/r#',
    'https://app.example:443/r',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'urn:example:r',
    'r',
  ])('%s that is not registered is refused, and nothing is fetched', async (request_uri) => {
    const answer = answerOf(await browser.get(url({ ...requestParameters, request_uri })));
    expect(answer).toMatchObject({ error: 'invalid_request_uri', state: 'the-state' });
    expect((await browser.get(url({ request_uri }))).statusCode).toBe(400);
    expect(fetched).toEqual([]);
  });

  test.each<[string, { status?: number; body: string } | undefined, string]>([
    ['nothing', undefined, 'invalid_request_uri'],
    ['an error', { status: 500, body: 'x' }, 'invalid_request_uri'],
    ['a page', { body: '<html>' }, 'invalid_request_object'],
  ])('with %s behind it is refused', async (_title, found, error) => {
    if (found) web.set('https://app.example/r', found);
    const answer = answerOf(await browser.get(url({ ...requestParameters, request_uri: 'https://app.example/r' })));
    expect(answer.error).toBe(error);
  });

  test('beside a request is refused, and nothing is fetched', async () => {
    const both = { request: await sign(claims()), request_uri: 'https://app.example/r' };
    const answer = answerOf(await browser.get(url({ ...requestParameters, ...both })));
    expect(answer.error).toBe('invalid_request');
    expect((await browser.get(url(both))).statusCode).toBe(400);
    expect(fetched).toEqual([]);
  });

  test('of 512 characters is fetched, and a longer one cannot be registered', async () => {
    const ofLength = (length: number) => 'https://app.example/r#'.padEnd(length, 'x');
    const metadata = { first_party: true, jwks: { keys: [key.publicJwk] } };
    const app = await provider.register({ ...metadata, request_uris: [ofLength(512)] });
    web.set('https://app.example/r', { body: await sign(claims({}, app)) });
    expect(answerOf(await browser.get(url({ request_uri: ofLength(512) }, app))).code).toBeDefined();
    await expect(provider.register({ ...metadata, request_uris: [ofLength(513)] })).rejects.toMatchObject({
      error: 'invalid_client_metadata',
    });
  });

  test.each(['http://app.example/r', 'urn:x', 'javascript:alert(1)', 'https://'])(
    '%s cannot be registered',
    async (uri) => {
      await expect(provider.register({ request_uris: [uri] })).rejects.toMatchObject({
        error: 'invalid_client_metadata',
      });
    },
  );
});

describe('no request object whatsoever gives an error of ours, a place that is not registered, or a code that it may not', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  const names = ['redirect_uri', 'state', 'scope', 'prompt', 'max_age', 'claims', 'response_mode', 'client_id', 'aud'];
  const anyChanges = fc.dictionary(fc.oneof(fc.constantFrom(...names), anyText), fc.jsonValue(), { maxKeys: 5 });

  async function check(request: string): Promise<void> {
    for (const outside of [{}, requestParameters]) {
      const response = await browser.get(url({ ...outside, request }));
      expect(response.statusCode).toBeLessThan(500);
      const location = locationOf(response);
      if (location !== undefined)
        expect(location).toMatch(/^(https:\/\/app\.example\/(callback|second)[?#]|\/login\?)/);
    }
    const pushed = await push(provider, client, { request });
    expect(pushed.statusCode).toBeLessThan(500);
  }

  test('signed, with any claims', async () => {
    await fc.assert(
      fc.asyncProperty(anyChanges, async (changes) => check(await sign(claims(changes)))),
      { numRuns: 60 },
    );
  });

  test('signed, with any header', async () => {
    const header = fc.record({
      typ: fc.jsonValue(),
      kid: fc.jsonValue(),
      jku: anyText,
      x5u: anyText,
      jwk: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(header, async (members) => {
        const request = await sign(claims(), members).catch(() => 'a.b.c');
        await check(request);
      }),
      { numRuns: 40 },
    );
  });

  test('unsigned, of any text', async () => {
    const part = fc.oneof(
      anyText,
      fc.base64String({ maxLength: 60 }),
      fc.json().map((text) => btoa(encodeURI(text))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const request = parts.join('.');
        const response = await browser.get(url({ ...requestParameters, request: request === '' ? '.' : request }));
        expect(response.statusCode).toBeLessThan(500);
        expect(locationOf(response) ?? '').not.toContain('code=');
      }),
      { numRuns: 60 },
    );
  });
});
