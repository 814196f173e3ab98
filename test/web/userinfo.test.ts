import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { CompactSign, exportJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser, enableUser, removeUser } from '../../src/identity/users.ts';
import { removeClient, setClientEnabled } from '../../src/protocol/clients.ts';
import { authorizationUrl, obtainTokens, payloadOf, refresh, type Tokens, userinfo } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';

const path = '/oidc/userinfo';
const everything = 'openid profile email address phone groups';

/** A person of whom every standard claim is known (OpenID Connect Core §5.1), and one of the installation's own. */
const claims = {
  name: 'Zoë Ångström',
  given_name: 'Zoë',
  family_name: 'Ångström',
  middle_name: 'Maria',
  nickname: 'zo',
  profile: 'https://people.example/zoe',
  picture: 'https://people.example/zoe.png',
  website: 'https://zoe.example',
  gender: 'female',
  birthdate: '0000-03-22',
  zoneinfo: 'Europe/Stockholm',
  locale: 'sv-SE',
  address: { street_address: 'Storgatan 1', locality: 'Uppsala', postal_code: '753 31', country: 'Sverige' },
  employee_number: 4711,
};
const zoe = {
  username: 'zoe',
  email: 'zoe@example.com',
  email_verified: true,
  phone_number: '+46 18 123456',
  phone_number_verified: true,
  groups: ['staff', 'physics'],
  claims,
};

describe.each(engines)('userinfo on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  let browser: TestBrowser;
  let tokens: Tokens;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser(zoe);
    client = await provider.register({ first_party: true });
    browser = provider.browser();
    await browser.signIn('zoe');
    tokens = await obtainTokens(provider, browser, client, { scope: everything });
  });
  afterAll(() => provider.close());

  const ask = (scope: string, changes: Record<string, string> = {}) =>
    obtainTokens(provider, browser, client, { scope, ...changes });
  const told = async (scope: string, changes: Record<string, string> = {}) =>
    (await userinfo(provider, (await ask(scope, changes)).access_token)).json();

  describe('tells', () => {
    test('every standard claim in its right type, to a client that asked for all of them', async () => {
      const response = await userinfo(provider, tokens.access_token);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toMatch(/^application\/json/);
      expect(response.headers['cache-control']).toBe('no-store');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.json()).toEqual({
        ...claims,
        sub: payloadOf(tokens.id_token).sub,
        preferred_username: 'zoe',
        updated_at: provider.clock.now,
        email: zoe.email,
        email_verified: true,
        phone_number: zoe.phone_number,
        phone_number_verified: true,
        groups: expect.arrayContaining(zoe.groups),
      });
    });

    test.each<[string, string[]]>([
      ['openid', []],
      ['openid email', ['email', 'email_verified']],
      ['openid phone', ['phone_number', 'phone_number_verified']],
      ['openid address', ['address']],
      ['openid groups', ['groups']],
      ['openid offline_access', []],
      ['openid profile', [...Object.keys(claims), 'preferred_username', 'updated_at'].filter((n) => n !== 'address')],
    ])('for %s no more than that', async (scope, names) => {
      expect(Object.keys(await told(scope)).sort()).toEqual(['sub', ...names].sort());
    });

    test('nothing of what is not known, neither null nor empty', async () => {
      await provider.addUser({ username: 'plain', email: 'plain@example.com' });
      const other = provider.browser();
      await other.signIn('plain');
      const { access_token } = await obtainTokens(provider, other, client, { scope: everything });
      const answer = (await userinfo(provider, access_token)).json();
      expect(Object.keys(answer).sort()).toEqual([
        'email',
        'email_verified',
        'preferred_username',
        'sub',
        'updated_at',
      ]);
      expect(answer.email_verified).toBe(false);
    });

    test('what a refreshed token with a narrower scope allows, and no more', async () => {
      const { refresh_token = '' } = await ask('openid profile email offline_access');
      const less = (await refresh(provider, client, refresh_token, { scope: 'openid email' })).json();
      const answer = (await userinfo(provider, less.access_token)).json();
      expect(Object.keys(answer).sort()).toEqual(['email', 'email_verified', 'sub']);
    });
  });

  describe('with the claims parameter', () => {
    test('tells a claim that was asked for by name, which then is not in the ID Token', async () => {
      const asked = JSON.stringify({ userinfo: { name: { essential: true } } });
      const given = await ask('openid', { claims: asked });
      const answer = (await userinfo(provider, given.access_token)).json();
      expect(answer).toEqual({ sub: payloadOf(given.id_token).sub, name: claims.name });
      expect(payloadOf(given.id_token).name).toBeUndefined();
    });

    test('puts into the ID Token what was asked for there, and then does not tell it here', async () => {
      const asked = JSON.stringify({
        id_token: { email: null, employee_number: null, auth_time: { essential: true } },
      });
      const given = await ask('openid', { claims: asked });
      expect(payloadOf(given.id_token)).toMatchObject({ email: zoe.email, employee_number: 4711 });
      expect(payloadOf(given.id_token).email_verified).toBeUndefined();
      expect((await userinfo(provider, given.access_token)).json()).toEqual({ sub: payloadOf(given.id_token).sub });
    });

    test('cannot make it tell another sub, issuer or what nobody knows', async () => {
      const names = ['iss', 'aud', 'exp', 'password_hash', 'id', '__proto__', 'constructor', 'toString'];
      const asked = `{"userinfo":{${names.map((name) => `"${name}":null`).join(',')}},"id_token":{"iss":null,"exp":null}}`;
      const given = await ask('openid', { claims: asked });
      expect((await userinfo(provider, given.access_token)).json()).toEqual({ sub: payloadOf(given.id_token).sub });
      expect(payloadOf(given.id_token).iss).toBe(provider.config.issuer);
    });

    test('gives a client no claim of a scope that it is not registered for', async () => {
      const modest = await provider.register({ first_party: true, scope: 'openid phone' });
      const asked = JSON.stringify({
        userinfo: { email: null, name: null, employee_number: null, phone_number: null },
        id_token: { email: null, acr: null },
      });
      const given = await obtainTokens(provider, browser, modest, { claims: asked });
      const answer = (await userinfo(provider, given.access_token)).json();
      expect(Object.keys(answer).sort()).toEqual(['phone_number', 'sub']);
      expect(payloadOf(given.id_token).email).toBeUndefined();
    });

    test.each([
      ['a standard claim', 'email', 'See your e-mail address'],
      ['a custom claim', 'employee_number', 'See your name and profile'],
    ])('asks the person to allow %s', async (_title, name, permission) => {
      const stranger = await provider.register();
      const asked = JSON.stringify({ userinfo: { [name]: null } });
      const page = await browser.open(authorizationUrl(stranger, { claims: asked }));
      expect(page.body).toContain('consent-allow');
      expect(page.body).toContain(permission);
      await browser.submit(page, { decision: 'allow' });
      const more = await browser.open(authorizationUrl(stranger, { claims: '{"userinfo":{"phone_number":null}}' }));
      expect(more.body).toContain('consent-allow');
    });
  });

  describe('is asked', () => {
    const bearer = () => `Bearer ${tokens.access_token}`;
    const form = 'application/x-www-form-urlencoded';

    test.each<[string, () => InjectOptions]>([
      ['by GET with the token in the header', () => ({ headers: { authorization: bearer() } })],
      ['by POST with the token in the header', () => ({ method: 'POST', headers: { authorization: bearer() } })],
      [
        'by POST with the token in the header and an empty form',
        () => ({ method: 'POST', headers: { authorization: bearer(), 'content-type': form }, payload: '' }),
      ],
      [
        'by POST with the token in the form',
        () => ({ method: 'POST', headers: { 'content-type': form }, payload: `access_token=${tokens.access_token}` }),
      ],
      ['with the scheme in small letters', () => ({ headers: { authorization: `bearer ${tokens.access_token}` } })],
      ['with the scheme in capitals', () => ({ headers: { authorization: `BEARER ${tokens.access_token}` } })],
    ])('%s', async (_title, request) => {
      const response = await provider.app.inject(Object.assign({ url: path }, request()));
      expect(response.statusCode).toBe(200);
      expect(response.json().sub).toBe(payloadOf(tokens.id_token).sub);
    });

    test('without a token is 401 without an error, for nothing was wrong yet', async () => {
      for (const method of ['GET', 'POST'] as const) {
        const response = await provider.app.inject({ method, url: path });
        expect(response.statusCode).toBe(401);
        expect(response.headers['www-authenticate']).toBe(
          `Bearer resource_metadata="${provider.config.publicUrl}/.well-known/oauth-protected-resource/oidc"`,
        );
        expect(response.headers['cache-control']).toBe('no-store');
      }
    });

    test.each<[string, () => InjectOptions]>([
      ['in the header and in the form', () => ({ headers: { authorization: bearer() }, payload: tokenForm() })],
      ['twice in the form', () => ({ payload: `${tokenForm()}&${tokenForm()}` })],
      ['in the query', () => ({ method: 'GET', url: `${path}?${tokenForm()}` })],
      ['in the query of a POST', () => ({ url: `${path}?${tokenForm()}` })],
      [
        'in the query beside the header',
        () => ({ method: 'GET', url: `${path}?${tokenForm()}`, headers: { authorization: bearer() } }),
      ],
    ])('with a token %s is invalid_request', async (_title, request) => {
      const { headers, ...given } = Object.assign({ headers: {} }, request());
      const response = await provider.app.inject({
        method: 'POST',
        url: path,
        ...given,
        headers: { 'content-type': form, ...headers },
      });
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe('invalid_request');
      expect(response.headers['www-authenticate']).toMatch(/^Bearer error="invalid_request"/);
    });
    const tokenForm = () => `access_token=${tokens.access_token}`;

    test.each<[string, string]>([
      ['the scheme alone', 'Bearer'],
      ['the scheme and blanks', 'Bearer   '],
      ['another scheme', 'Basic dXNlcjpwYXNz'],
      ['no scheme', 'eyJhbGciOiJFUzI1NiJ9.e30.AA'],
      ['two tokens', 'Bearer one two'],
      ['two tokens and more blanks', 'Bearer  x  y'],
      ['a comma', 'Bearer a,Bearer b'],
      ['quotes', 'Bearer "token"'],
      ['bytes above 0x7f', 'Bearer t\xf6k\xe9n\xff'],
      ['a tab', 'Bearer\ttoken'],
      ['parameters', 'Bearer realm="x"'],
      ['padding in the middle', 'Bearer a=b'],
    ])('with %s in Authorization is invalid_request', async (_title, authorization) => {
      const response = await provider.app.inject({ url: path, headers: { authorization } });
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe('invalid_request');
      expect(response.headers['www-authenticate']).toMatch(
        /^Bearer error="invalid_request", error_description="[^"]+", resource_metadata="[^"]+"$/,
      );
    });

    test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
      'with a body of %s is refused',
      async (type) => {
        const response = await provider.app.inject({
          method: 'POST',
          url: path,
          headers: { 'content-type': type },
          payload: `{"access_token":"${tokens.access_token}"}`,
        });
        expect(response.statusCode).toBe(415);
      },
    );

    test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'] as const)('by %s is 405', async (method) => {
      const response = await provider.app.inject({ method, url: path, headers: { authorization: bearer() } });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('GET, POST');
    });
  });

  describe('refuses', () => {
    const isRefused = async (token: string) => {
      const response = await userinfo(provider, token);
      expect(response.statusCode).toBe(401);
      expect(response.json().error).toBe('invalid_token');
      expect(response.headers['www-authenticate']).toMatch(
        /^Bearer error="invalid_token", error_description="[^"]+", resource_metadata="[^"]+"$/,
      );
      expect(response.headers['cache-control']).toBe('no-store');
    };
    const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const parts = () => tokens.access_token.split('.');
    const header = () => JSON.parse(Buffer.from(parts()[0] ?? '', 'base64url').toString());

    test.each<[string, () => string | undefined | Promise<string>]>([
      ['garbage', () => 'garbage'],
      ['5 kB of dots', () => '.'.repeat(5000)],
      ['a token of 9 kB', () => `${tokens.access_token}${'A'.repeat(9000)}`],
      ['a refresh token', () => tokens.refresh_token],
      ['an ID Token', () => tokens.id_token],
      ['a cut token', () => tokens.access_token.slice(0, -2)],
      [
        'an altered payload',
        () => `${parts()[0]}.${json({ ...payloadOf(tokens.access_token), sub: 'x' })}.${parts()[2]}`,
      ],
      ['alg none', () => `${json({ ...header(), alg: 'none' })}.${parts()[1]}.`],
      ['alg none with the signature', () => `${json({ ...header(), alg: 'none' })}.${parts()[1]}.${parts()[2]}`],
      ['a signature of zeros', () => `${parts()[0]}.${parts()[1]}.${Buffer.alloc(64).toString('base64url')}`],
      ['HS256 with our public key', async () => hmacWithPublicKey()],
      ['a key embedded in the header', () => signedWithOwnKey({ embed: true })],
      ['a foreign signature under our kid', () => signedWithOwnKey({ embed: false })],
    ])('%s', async (_title, forge) => isRefused((await forge()) ?? ''));

    const hmacWithPublicKey = async () => {
      const { keys } = (await provider.app.inject('/oidc/.well-known/jwks.json')).json();
      const key = keys.find(({ alg }: { alg: string }) => alg === 'RS256');
      const start = `${json({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${parts()[1]}`;
      return `${start}.${createHmac('sha256', JSON.stringify(key)).update(start).digest('base64url')}`;
    };
    const signedWithOwnKey = async ({ embed }: { embed: boolean }) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return new CompactSign(Buffer.from(parts()[1] ?? '', 'base64url'))
        .setProtectedHeader({ ...header(), alg: 'ES256', ...(embed ? { jwk: await exportJWK(publicKey) } : {}) })
        .sign(privateKey);
    };

    test('a token at exactly its end', async () => {
      const short = await provider.register({ first_party: true, access_token_seconds: 60 });
      const { access_token } = await obtainTokens(provider, browser, short);
      const before = provider.clock.now;
      provider.clock.advance(59);
      expect((await userinfo(provider, access_token)).statusCode).toBe(200);
      provider.clock.advance(1);
      await isRefused(access_token);
      provider.clock.now = before;
    });

    test('a token without the scope openid, naming the scope that is missing', async () => {
      const { access_token } = await ask('profile email');
      const response = await userinfo(provider, access_token);
      expect(response.statusCode).toBe(403);
      expect(response.json().error).toBe('insufficient_scope');
      expect(response.headers['www-authenticate']).toMatch(
        /^Bearer error="insufficient_scope", .*scope="openid", resource_metadata="[^"]+"$/,
      );
    });

    test('a token of a client acting for itself', async () => {
      const form = { grant_type: 'client_credentials' };
      const ours = { grant_types: ['client_credentials'], redirect_uris: [], scope: 'jobs' };
      const machine = await provider.register(ours);
      const { access_token } = (await provider.post('/oidc/oauth2/token', form, machine)).json();
      expect((await userinfo(provider, access_token)).statusCode).toBe(403);
      const other = await provider.register({ ...ours, audience: ['https://api.example'] });
      await isRefused((await provider.post('/oidc/oauth2/token', form, other)).json().access_token);
    });

    test('a token for another audience', async () => {
      const api = await provider.register({
        first_party: true,
        scope: 'openid api:read',
        audience: ['https://api.example'],
      });
      const { access_token } = await obtainTokens(provider, browser, api, { scope: 'api:read' });
      expect(payloadOf(access_token).aud).toBe('https://api.example');
      await isRefused(access_token);
      const both = await obtainTokens(provider, browser, api, { scope: 'openid api:read' });
      expect(payloadOf(both.access_token).aud).toEqual(['https://api.example', provider.config.issuer]);
      expect((await userinfo(provider, both.access_token)).statusCode).toBe(200);
    });

    test('a single access token that was revoked, and not the next one', async () => {
      const { refresh_token = '', access_token } = await ask('openid offline_access');
      await provider.post('/oidc/oauth2/revoke', { token: access_token }, client);
      await isRefused(access_token);
      const next = (await refresh(provider, client, refresh_token)).json();
      expect((await userinfo(provider, next.access_token)).statusCode).toBe(200);
    });

    test('a token that hangs from a session once somebody has signed out of that', async () => {
      const other = provider.browser();
      await other.signIn('zoe');
      const { access_token } = await obtainTokens(provider, other, client);
      await other.post('/logout', {});
      await isRefused(access_token);
    });

    test('a token that hangs from a session once that is over by itself, and not one with offline_access', async () => {
      const settings = { CASTELLAN_SESSION_SECONDS: '600', CASTELLAN_SESSION_IDLE_SECONDS: '600' };
      const databaseUrl = await freshDatabaseUrl(engine);
      const brief = await startProvider({ databaseUrl, settings });
      await brief.addUser();
      const app = await brief.register({ first_party: true });
      const other = brief.browser();
      await other.signIn();
      const bound = await obtainTokens(brief, other, app);
      const free = await obtainTokens(brief, other, app, { scope: 'openid offline_access' });
      brief.clock.advance(599);
      expect((await userinfo(brief, bound.access_token)).statusCode).toBe(200);
      brief.clock.advance(1);
      expect((await userinfo(brief, bound.access_token)).statusCode).toBe(401);
      expect((await refresh(brief, app, bound.refresh_token ?? '')).json().error).toBe('invalid_grant');
      expect((await userinfo(brief, free.access_token)).statusCode).toBe(200);
      expect((await refresh(brief, app, free.refresh_token ?? '')).statusCode).toBe(200);
      await brief.close();
    });

    test('a token of a disabled person, also after that person is enabled again', async () => {
      const user = await provider.addUser({ username: 'dora', email: 'dora@example.com' });
      const other = provider.browser();
      await other.signIn('dora');
      const given = await obtainTokens(provider, other, client, { scope: 'openid offline_access' });
      await disableUser(provider.context, user.id, actor);
      await isRefused(given.access_token);
      await enableUser(provider.context, user.id, actor);
      await isRefused(given.access_token);
    });

    test('a token of a removed person, whose name then goes to somebody else with another sub', async () => {
      const first = await provider.addUser({ username: 'erin', email: 'erin@example.com' });
      const other = provider.browser();
      await other.signIn('erin');
      const given = await obtainTokens(provider, other, client, { scope: 'openid offline_access' });
      await removeUser(provider.context, first.id, actor);
      await isRefused(given.access_token);
      await provider.addUser({ username: 'erin', email: 'erin@example.com' });
      await isRefused(given.access_token);
      await other.signIn('erin', password);
      const second = await obtainTokens(provider, other, client);
      expect(payloadOf(second.id_token).sub).not.toBe(first.id);
    });

    test('a token of a client that is switched off or removed', async () => {
      const gone = await provider.register({ first_party: true });
      const { access_token } = await obtainTokens(provider, browser, gone);
      await setClientEnabled(provider.context, gone.client_id, false, actor);
      await isRefused(access_token);
      await setClientEnabled(provider.context, gone.client_id, true, actor);
      expect((await userinfo(provider, access_token)).statusCode).toBe(200);
      await removeClient(provider.context, gone.client_id, actor);
      await isRefused(access_token);
    });
  });
});
