/** What holds for any input at all, tried on random ones; every run is bounded, and a failure prints its input. */
import fc from 'fast-check';
import type { FastifyRequest, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OAuthError } from '../../src/lib/errors.ts';
import { parseParameters } from '../../src/lib/parameters.ts';
import {
  parseClaims,
  scopesOfClaims,
  withinScope,
} from '../../src/protocol/authorization-requests/claims-parameter.ts';
import { parsePrompt } from '../../src/protocol/authorization-requests/prompt.ts';
import { clientSecretBasic } from '../../src/protocol/client-authentication/client-secret-basic.ts';
import type { Client } from '../../src/protocol/client-metadata.ts';
import { isRegisteredRedirectUri, redirectUriProblem, webOrigin } from '../../src/protocol/redirect-uris.ts';
import { parseClientMetadata } from '../../src/protocol/registrable-metadata.ts';
import { withQuery } from '../../src/protocol/response-modes/query.ts';
import { parseScope, scopes } from '../../src/protocol/scopes.ts';
import { code_challenge, code_verifier } from '../support/code-flow.ts';
import {
  basic,
  encode,
  formIn,
  locationOf,
  type Provider,
  type RegisteredClient,
  redirect_uri,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

/** Any text: ASCII, all of Unicode, and what means something to parsers. */
const anyText = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'&=%+?#/:;[]{}"\\<>\' \t\r\n\0.@*,~|`$!()-_aA0'), maxLength: 60 }),
);

/** Runs something, and lets through nothing but its answer and an OAuthError. */
function orRefused<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}

describe('a redirect URI', () => {
  const clientWith = (metadata: Record<string, unknown>): Client => ({
    ...parseClientMetadata(metadata, 'the-client'),
    ...{ client_id: 'the-client', created_at: 0, updated_at: 0, disabled: false },
  });
  const path = fc.string({ unit: fc.constantFrom(...'abz09/-._~%2F'), maxLength: 12 }).map((text) => `/${text}`);
  const host = fc.constantFrom('app.example', 'APP.example', 'a.b.example', 'localhost', '127.0.0.1', '[::1]');
  const port = fc.oneof(
    fc.constant(''),
    fc.integer({ min: 0, max: 70_000 }).map((number) => `:${number}`),
  );
  const uri = fc
    .tuple(fc.constantFrom('https', 'http'), host, port, path)
    .map(([s, h, p, rest]) => `${s}://${h}${p}${rest}`);
  const registrable = uri.filter((text) => redirectUriProblem(text, 'web') === undefined);
  /** The same with a small change somewhere, or another one. */
  const near = (text: string) =>
    fc.oneof(
      fc.constant(text),
      uri,
      anyText,
      fc
        .tuple(fc.nat(text.length), fc.constantFrom(...'/?#@:.%A '))
        .map(([at, c]) => text.slice(0, at) + c + text.slice(at)),
      fc.nat(text.length).map((at) => text.slice(0, at) + text.slice(at + 1)),
      fc.constant(text.toUpperCase()),
      fc.tuple(host, port).map(([other, number]) => text.replace(/\/\/[^/?]*/, `//${other}${number}`)),
      fc.constant(`${text}?x=1`),
    );

  test('of a web application is accepted when it is one of the registered ones to the letter, and only then', () => {
    const cases = fc
      .array(registrable, { minLength: 1, maxLength: 4 })
      .chain((redirect_uris) => fc.tuple(fc.constant(redirect_uris), near(redirect_uris[0] ?? '')));
    fc.assert(
      fc.property(cases, ([redirect_uris, asked]) => {
        const client = clientWith({ redirect_uris });
        expect(isRegisteredRedirectUri(client, asked)).toBe(redirect_uris.includes(asked));
      }),
      { numRuns: 1000 },
    );
  });

  test('of a native application may have another port where the host is a loopback literal, and nothing else', () => {
    const cases = registrable.chain((registered) => fc.tuple(fc.constant(registered), near(registered)));
    fc.assert(
      fc.property(cases, ([registered, asked]) => {
        const client = clientWith({
          application_type: 'native',
          token_endpoint_auth_method: 'none',
          redirect_uris: [registered],
        });
        expect(isRegisteredRedirectUri(client, asked)).toBe(
          registered === asked || (isLoopbackLiteral(registered) && samePlace(registered, asked)),
        );
      }),
      { numRuns: 1000 },
    );
  });
  const isLoopbackLiteral = (text: string) => text.startsWith('http://127.0.0.1') || text.startsWith('http://[::1]');
  /** Without the parts under test: cut the port out by hand and compare the rest. */
  const samePlace = (one: string, other: string): boolean => {
    const [a, b] = [one, other].map((text) => {
      const start = text.startsWith('http://[::1]') ? 'http://[::1]' : 'http://127.0.0.1';
      if (!text.startsWith(start)) return undefined;
      const digits = /^:([0-9]+)/.exec(text.slice(start.length))?.[1] ?? '';
      const number = Number(digits);
      if (digits !== '' && (String(number) !== digits || number < 1 || number > 65_535)) return undefined;
      const rest = text.slice(start.length + (digits === '' ? 0 : digits.length + 1));
      return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? start + rest : undefined;
    });
    return a !== undefined && a === b;
  };

  test('registered with a range of ports accepts each port of the range and none beside', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 65_000 }),
      fc.nat(500),
      fc.constantFrom(-1, 0, 1, 2, 10_000),
      path,
    );
    fc.assert(
      fc.property(cases, ([first, more, beyond, rest]) => {
        const asked = beyond < 0 ? first - 1 : beyond === 0 ? first : first + more + beyond - 1;
        fc.pre(redirectUriProblem(`http://localhost:[${first}-${first + more}]${rest}`, 'web') === undefined);
        const client = clientWith({ redirect_uris: [`http://localhost:[${first}-${first + more}]${rest}`] });
        const isInside = asked >= first && asked <= first + more;
        expect(isRegisteredRedirectUri(client, `http://localhost:${asked}${rest}`)).toBe(isInside);
        expect(isRegisteredRedirectUri(client, `http://localhost:0${asked}${rest}`)).toBe(false);
        expect(isRegisteredRedirectUri(client, `http://127.0.0.1:${first}${rest}`)).toBe(false);
        expect(isRegisteredRedirectUri(client, client.redirect_uris[0] ?? '')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('that is registered is one that every browser reads alike and that fits into a header', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          uri,
          anyText.map((text) => `https://app.example/${text}`),
        ),
        (text) => {
          for (const application_type of ['web', 'native'] as const) {
            if (redirectUriProblem(text, application_type) !== undefined || text.includes(':[')) continue;
            expect(text).toMatch(/^[\x21-\x7e]+$/);
            expect(text).not.toMatch(/[#*\\<>"]/);
            expect(['https:', 'http:'].includes(new URL(text).protocol) || application_type === 'native').toBe(true);
            expect(new URL(text).username).toBe('');
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('and any other text has an origin or none, without failing', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, uri), (text) => typeof webOrigin(text) !== 'number'),
      { numRuns: 500 },
    );
  });

  test('with parameters added keeps its beginning to the letter and carries exactly those', () => {
    const parameters = fc.dictionary(fc.constantFrom('code', 'state', 'iss', 'error'), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(registrable, fc.constantFrom('', '?', '?a=b', '?a=b&'), parameters, (base, query, more) => {
        const whole = withQuery(base + query, more);
        expect(whole.startsWith(base + query)).toBe(true);
        const { searchParams } = new URL(whole);
        for (const [name, value] of Object.entries(more)) expect(searchParams.getAll(name)).toEqual([value]);
        expect([...searchParams.keys()].filter((name) => name !== 'a').sort()).toEqual(Object.keys(more).sort());
      }),
      { numRuns: 500 },
    );
  });
});

describe('HTTP Basic', () => {
  const present = (authorization: string) =>
    clientSecretBasic.present({ headers: { authorization } } as FastifyRequest, Object.create(null));

  test('gives back any id and secret that were encoded as RFC 6749 says', () => {
    const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(printable, printable, (client_id, client_secret) => {
        fc.pre(client_id.isWellFormed() && client_secret.isWellFormed());
        expect(present(basic({ client_id, client_secret }))).toEqual({ client_id, proof: client_secret });
      }),
      { numRuns: 500 },
    );
  });

  test('never fails otherwise than by refusing, whatever the header says', () => {
    const header = fc.oneof(
      anyText,
      anyText.map((text) => `Basic ${text}`),
      anyText.map((text) => `basic ${Buffer.from(text).toString('base64')}`),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => `Basic ${Buffer.from(bytes).toString('base64')}`),
    );
    fc.assert(
      fc.property(header, (authorization) => {
        const presented = orRefused(() => present(authorization));
        if (presented) expect([typeof presented.client_id, typeof presented.proof]).toEqual(['string', 'string']);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the scope', () => {
  test('is a set of values of RFC 6749, the same when it is read again, or refused', () => {
    const text = fc.oneof(
      anyText,
      fc.array(fc.constantFrom('openid', 'email', 'a:b', 'x/y', ''), { maxLength: 8 }).map((v) => v.join(' ')),
    );
    fc.assert(
      fc.property(text, (scope) => {
        const values = orRefused(() => parseScope(scope));
        if (!values) return;
        for (const value of values) expect(value).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
        expect(new Set(values).size).toBe(values.length);
        expect(new Set(values)).toEqual(new Set(scope.split(' ').filter((value) => value !== '')));
        expect(parseScope(values.join(' '))).toEqual(values);
      }),
      { numRuns: 2000 },
    );
  });

  test('and the prompt are read or refused, whatever they say', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const prompt = orRefused(() => parsePrompt(text));
        if (prompt?.has('none')) expect(prompt.size).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a form', () => {
  test('gives back what was encoded, a name that came twice as repeated, and an empty value as none', () => {
    const pair = fc.tuple(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
        fc.pre(pairs.flat().every((text) => text.isWellFormed() && !text.includes('\0')));
        const { parameters, repeated } = parseParameters(new URLSearchParams(pairs).toString());
        const names = pairs.map(([name]) => name);
        const twice = names.filter((name, index) => names.indexOf(name) !== index);
        expect([...repeated].sort()).toEqual([...new Set(twice)].sort());
        for (const [name, value] of pairs)
          expect(parameters[name]).toBe(twice.includes(name) || value === '' ? undefined : value);
      }),
      { numRuns: 1000 },
    );
  });

  test('of any text is read or refused, and changes no object', () => {
    const names = fc.constantFrom('__proto__', 'constructor', 'toString', 'a[__proto__][b]', '__proto__.x', 'x');
    const text = fc.oneof(
      anyText,
      fc
        .array(fc.tuple(names, anyText), { maxLength: 5 })
        .map((pairs) => pairs.map((pair) => pair.join('=')).join('&')),
    );
    fc.assert(
      fc.property(text, (form) => {
        const parsed = orRefused(() => parseParameters(form));
        expect(Object.keys(Object.prototype)).toEqual([]);
        if (!parsed) return;
        expect(Object.getPrototypeOf(parsed.parameters)).toBe(null);
        expect(Object.values(parsed.parameters).every((value) => typeof value === 'string' && value !== '')).toBe(true);
        expect(parsed.repeated.some((name) => name in parsed.parameters)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the claims parameter', () => {
  test('of any JSON is read or refused, and read within the scope asks for nothing beyond it', () => {
    const names = fc.constantFrom(
      'name',
      'email',
      'phone_number',
      'acr',
      'sub',
      'custom',
      '__proto__',
      'groups',
      'auth_time',
    );
    const request = fc.dictionary(
      names,
      fc.oneof(fc.constant(null), fc.record({ essential: fc.boolean() }), fc.jsonValue()),
    );
    const json = fc.oneof(
      fc.jsonValue({ maxDepth: 8 }),
      fc.record({ userinfo: request, id_token: request }, { requiredKeys: [] }),
    );
    const registered = fc.subarray([...scopes.keys()]);
    fc.assert(
      fc.property(json, registered, (value, scope) => {
        const claims = orRefused(() => parseClaims(JSON.stringify(value)));
        if (!claims) return;
        const within = withinScope(claims, scope);
        expect(scopesOfClaims(within).filter((name) => !scope.includes(name))).toEqual([]);
        expect(
          scopesOfClaims(claims)
            .filter((name) => scope.includes(name))
            .sort(),
        ).toEqual(scopesOfClaims(within).sort());
        expect(withinScope(within, scope)).toEqual(within);
      }),
      { numRuns: 1000 },
    );
  });

  test('of any text is read or refused', () => {
    fc.assert(
      fc.property(anyText, (text) => orRefused(() => parseClaims(text)) !== null),
      { numRuns: 1000 },
    );
  });
});

test('client metadata of any JSON is refused by its rules, or is the same when it is read again', () => {
  const member = fc.constantFrom(
    ...['redirect_uris', 'grant_types', 'response_types', 'scope', 'client_name', 'application_type', 'audience'],
    ...['token_endpoint_auth_method', 'logo_uri', 'contacts', 'first_party', 'access_token_seconds', '__proto__'],
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    anyText,
    fc.array(anyText),
    fc.constant(['https://app.example/cb']),
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(member, value)), (metadata) => {
      const read = orRefused(() => parseClientMetadata(metadata, 'the-client'));
      if (read) expect(parseClientMetadata(JSON.parse(JSON.stringify(read)), 'the-client')).toEqual(read);
    }),
    { numRuns: 2000 },
  );
});

describe('over HTTP, whatever the parameters say', () => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;
  beforeAll(async () => {
    provider = await startProvider();
    await provider.addUser();
    client = await provider.register({ first_party: true, post_logout_redirect_uris: ['https://app.example/out'] });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  /** A request that is mostly in order: each parameter is good, arbitrary, or left out. */
  const mostly = (good: Record<string, string>, more: readonly string[]) => {
    const each = [...Object.keys(good), ...more].map((name) =>
      fc
        .oneof(
          { weight: 4, arbitrary: fc.constant(good[name]) },
          { weight: 1, arbitrary: anyText },
          { weight: 1, arbitrary: fc.constant(undefined) },
        )
        .map((value) => [name, value] as const),
    );
    return fc.tuple(...each).map((pairs) => encode(Object.fromEntries(pairs)));
  };
  const isCalm = ({ statusCode, body, headers }: LightMyRequestResponse) => {
    expect(statusCode).toBeLessThan(500);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).not.toMatch(/Error:|SQLITE|\.ts:\d/);
  };

  test('the authorization endpoint leads to the registered address, to a page of ours, or nowhere', async () => {
    const good = {
      ...{ client_id: client.client_id, redirect_uri, response_type: 'code', scope: 'openid', state: 's', nonce: 'n' },
      ...{ code_challenge, code_challenge_method: 'S256' },
    };
    const more = [
      'response_mode',
      'prompt',
      'max_age',
      'claims',
      'id_token_hint',
      'login_hint',
      'acr_values',
      'display',
    ];
    await fc.assert(
      fc.asyncProperty(mostly(good, more), anyText, async (query, tail) => {
        const response = await browser.get(`/oidc/oauth2/auth?${query}&${encodeURIComponent(tail)}`);
        isCalm(response);
        const location = locationOf(response);
        if (location !== undefined) {
          expect(location).toMatch(/^(https:\/\/app\.example\/callback[?#]|\/(login|consent|select-account)\?)/);
          expect(location).toMatch(/^[\x21-\x7e]+$/);
          expect([...new URL(location, 'https://x').searchParams.keys()].length).toBeLessThanOrEqual(4);
        } else if (response.statusCode === 200) expect(formIn(response.body).action).toBe(redirect_uri);
        else expect(response.body).toContain('id="error-message"');
      }),
      { numRuns: 300 },
    );
  });

  test('the sign-out endpoint leads to the registered address, to a page of ours, or nowhere', async () => {
    const good = { client_id: client.client_id, post_logout_redirect_uri: 'https://app.example/out', state: 's' };
    await fc.assert(
      fc.asyncProperty(mostly(good, ['id_token_hint', 'ui_locales']), async (query) => {
        for (const who of [browser, provider.browser()]) {
          const response = await who.get(`/oidc/oauth2/logout?${query}`);
          isCalm(response);
          expect(response.headers.location).toBeUndefined();
          for (const [, href = ''] of response.body.matchAll(/(?:href|action)="([^"]*)"/g))
            expect(href).toMatch(/^(\/(?!\/)|#content$|https:\/\/app\.example\/out)/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the token endpoint refuses, and gives nothing', async () => {
    const good = { grant_type: 'authorization_code', code: 'c'.repeat(64), redirect_uri, code_verifier };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(client) };
    await fc.assert(
      fc.asyncProperty(mostly(good, ['refresh_token', 'scope', 'client_id']), anyText, async (form, tail) => {
        const payload = `${form}&${tail}`;
        const response = await provider.app.inject({ method: 'POST', url: '/oidc/oauth2/token', headers, payload });
        isCalm(response);
        expect(response.statusCode).toBeGreaterThanOrEqual(400);
        expect(response.json().error).toMatch(/^[a-z_]+$/);
        expect(response.json().error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
      }),
      { numRuns: 300 },
    );
  });

  test('userinfo, introspection and revocation answer as they do to what nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (token) => {
        const userinfo = await provider.post('/oidc/userinfo', { access_token: token });
        isCalm(userinfo);
        expect([400, 401]).toContain(userinfo.statusCode);
        const introspected = await provider.post('/oidc/oauth2/introspect', { token }, client);
        isCalm(introspected);
        expect([400, 200]).toContain(introspected.statusCode);
        if (introspected.statusCode === 200) expect(introspected.body).toBe('{"active":false}');
        const revoked = await provider.post('/oidc/oauth2/revoke', { token }, client);
        isCalm(revoked);
        expect(revoked.statusCode).toBe(introspected.statusCode);
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['https://app.example/cb', 'https://app.example/cb?code=x'],
  ['https://app.example/cb?', 'https://app.example/cb?code=x'],
  ['https://app.example/cb??', 'https://app.example/cb??&code=x'],
  ['https://app.example/cb?a=b', 'https://app.example/cb?a=b&code=x'],
  ['https://app.example/cb?a=b&', 'https://app.example/cb?a=b&code=x'],
  ['https://app.example/cb?a=b?', 'https://app.example/cb?a=b?&code=x'],
])('a code that is added to %s stands by itself', (uri, expected) => {
  expect(withQuery(uri, { code: 'x' })).toBe(expected);
  expect(new URL(expected).searchParams.getAll('code')).toEqual(['x']);
});
