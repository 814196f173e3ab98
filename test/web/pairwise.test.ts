import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OutboundError, type OutboundResponse } from '../../src/lib/outbound-fetch.ts';
import { findClient } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import {
  authorizationUrl,
  authorize,
  obtainCode,
  obtainTokens,
  payloadOf,
  redeem,
  userinfo,
} from '../support/code-flow.ts';
import { actor, answerOf, type Provider, redirect_uri, startProvider, type TestBrowser } from '../support/provider.ts';

const sector_identifier_uri = 'https://sector.example/uris.json';
const other = 'https://other.example/callback';

let provider: Provider;
let browser: TestBrowser;
let userId: string;
let calls: string[] = [];
let site: () => Partial<OutboundResponse>;

const listing =
  (list: unknown, changes: Partial<OutboundResponse> = {}) =>
  () => ({
    status: 200,
    contentType: 'application/json',
    body: typeof list === 'string' ? list : JSON.stringify(list),
    ...changes,
  });

beforeAll(async () => {
  provider = await startProvider({
    settings: { CASTELLAN_CLIENT_REGISTRATION: 'open' },
    async fetchPublic(address) {
      calls.push(address);
      return { status: 200, contentType: '', body: '', headers: {}, ...site() };
    },
  });
  userId = (await provider.addUser()).id;
  browser = provider.browser();
  await browser.signIn();
});
beforeEach(() => {
  calls = [];
  site = listing([redirect_uri, other]);
});
afterAll(() => provider.close());

const pairwise = (metadata: Record<string, unknown> = {}) =>
  provider.register({ subject_type: 'pairwise', first_party: true, ...metadata });

async function subOf(metadata: Record<string, unknown> = {}): Promise<unknown> {
  const client = await pairwise(metadata);
  const uri = client.redirect_uris[0] ?? '';
  const { id_token } = answerOf(
    await authorize(browser, authorizationUrl(client, { redirect_uri: uri, response_type: 'id_token' })),
  );
  return payloadOf(id_token).sub;
}
const front = { response_types: ['id_token'], grant_types: ['implicit'] };

describe('a pairwise subject', () => {
  test('is another in each sector, none of them the one that public clients see', async () => {
    const here = await subOf(front);
    const there = await subOf({ ...front, redirect_uris: [other] });
    expect(new Set([here, there, userId]).size).toBe(3);
    expect(here).toMatch(/^[\w-]{43}$/);
  });

  test('cannot be linked by anything else that a client is told: not by the session, and not by the name', async () => {
    const told = async (metadata: Record<string, unknown>) => {
      const client = await pairwise(metadata);
      const [redirect] = client.redirect_uris;
      const code = await obtainCode(browser, client, { redirect_uri: redirect });
      const { id_token, access_token } = (await redeem(provider, client, code, { redirect_uri: redirect })).json();
      const introspected = await provider.post('/oidc/oauth2/introspect', { token: access_token }, client);
      return { ...introspected.json(), ...payloadOf(id_token) };
    };
    const answers = [await told({}), await told({ redirect_uris: [other] })];
    const [here, there] = answers;
    for (const member of ['sub', 'sid', 'jti']) expect(here[member]).not.toBe(there[member]);
    for (const answer of answers) {
      expect(answer).not.toHaveProperty('username');
      expect(JSON.stringify(answer)).not.toContain(userId);
    }
    expect((await told({ redirect_uris: ['https://app.example/elsewhere'] })).sid).toBe(here.sid);
  });

  test('is the same for clients of one host, whatever its ports and paths', async () => {
    const sub = await subOf(front);
    expect(await subOf({ ...front, redirect_uris: ['https://app.example/elsewhere'] })).toBe(sub);
    expect(await subOf({ ...front, redirect_uris: ['https://app.example:8443/callback'] })).toBe(sub);
  });

  test('is the same for clients of one sector_identifier_uri, whatever their hosts', async () => {
    const here = await subOf({ ...front, sector_identifier_uri });
    const there = await subOf({ ...front, sector_identifier_uri, redirect_uris: [other] });
    expect(here).toBe(there);
    expect(await subOf(front)).not.toBe(here);
  });

  test('is not shared by native clients, whose hosts are nobody’s', async () => {
    const native = { ...front, application_type: 'native' };
    const subs = await Promise.all(
      ['com.example.one:/callback', 'com.example.two:/callback', 'http://127.0.0.1/a', 'http://localhost/b'].map(
        (uri) => subOf({ ...native, redirect_uris: [uri] }),
      ),
    );
    expect(new Set(subs).size).toBe(4);
  });

  test('is the same in the ID Token, the access token, userinfo and introspection, and counts as a hint', async () => {
    const client = await pairwise();
    const { id_token, access_token } = await obtainTokens(provider, browser, client);
    const { sub } = payloadOf(id_token);
    expect(sub).not.toBe(userId);
    expect(payloadOf(access_token).sub).toBe(sub);
    expect((await userinfo(provider, access_token)).json().sub).toBe(sub);
    const introspected = await provider.post('/oidc/oauth2/introspect', { token: access_token }, client);
    expect(introspected.json()).toMatchObject({ active: true, sub });
    const hinted = authorizationUrl(client, {
      prompt: 'none',
      ...(id_token !== undefined && { id_token_hint: id_token }),
    });
    expect(answerOf(await browser.open(hinted))).toHaveProperty('code');
    const own = provider.browser();
    await own.signIn();
    const tokens = await obtainTokens(provider, own, client);
    await own.open(`/oidc/oauth2/logout?id_token_hint=${tokens.id_token}`);
    expect(answerOf(await own.get(authorizationUrl(client, { prompt: 'none' }))).error).toBe('login_required');
  });
});

describe('a sector_identifier_uri', () => {
  const register = (metadata: Record<string, unknown>) => {
    return provider.app.inject({
      method: 'POST',
      url: '/oidc/register',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ redirect_uris: [redirect_uri], ...metadata }),
    });
  };

  test('is needed by a pairwise client with redirect URIs of several hosts, and then enough', async () => {
    const metadata = { subject_type: 'pairwise', redirect_uris: [redirect_uri, other] };
    const refused = await register(metadata);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().error_description).toContain('sector_identifier_uri');
    expect((await register({ ...metadata, sector_identifier_uri })).statusCode).toBe(201);
    expect(calls).toEqual([sector_identifier_uri]);
  });

  test.each(['http://sector.example/uris.json', 'https://', 'javascript:alert(1)', 'file:///etc/passwd'])(
    '%s is refused, and not fetched',
    async (uri) => {
      const response = await register({ sector_identifier_uri: uri });
      expect(response.json().error).toBe('invalid_client_metadata');
      expect(calls).toEqual([]);
    },
  );

  const readable = listing([redirect_uri]);
  test.each<[string, () => Partial<OutboundResponse>]>([
    ['status 201', listing([redirect_uri], { status: 201 })],
    ['status 404', listing([redirect_uri], { status: 404 })],
    ['no JSON', listing('<html>')],
    ['an object', listing({ redirect_uris: [redirect_uri] })],
    ['a list of more than text', listing([redirect_uri, 5])],
    ['a list without the redirect URI', listing([other])],
    ['an empty list', listing([])],
    [
      'an address that must not be called',
      () => {
        throw new OutboundError(new Error('10.0.0.1 is private'));
      },
    ],
  ])('that leads to %s is refused', async (_, answer) => {
    site = answer;
    const response = await register({ sector_identifier_uri });
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toBe('invalid_client_metadata');
    expect(response.body).not.toContain('10.0.0.1');
  });

  test('says the same of an address inside, of one that does not answer, and of one that is no list', async () => {
    const texts: unknown[] = [];
    for (const answer of [
      listing('<html>'),
      listing([], { status: 500 }),
      () => {
        throw new OutboundError(new Error('timeout'));
      },
    ]) {
      site = answer;
      texts.push((await register({ sector_identifier_uri })).json());
    }
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
  });

  test('is asked again when a redirect URI is added, and only then', async () => {
    site = readable;
    const { client_id } = await pairwise({ sector_identifier_uri });
    const stored = await findClient(provider.context, client_id);
    if (!stored) throw new Error('the client is gone');
    const { client_id: _, created_at: __, updated_at: ___, disabled: ____, ...metadata } = stored;
    const change = (changes: object) => updateClient(provider.context, stored, { ...metadata, ...changes }, actor);
    calls = [];
    await change({ client_name: 'Renamed' });
    expect(calls).toEqual([]);
    await expect(change({ redirect_uris: [redirect_uri, other] })).rejects.toThrow(/sector_identifier_uri/);
    expect(calls).toEqual([sector_identifier_uri]);
  });
});

test('the tile of an application begins the sign-in where it wants it, with the issuer', async () => {
  await provider.register({ client_name: 'Wiki', initiate_login_uri: 'https://wiki.example/login?from=tile' });
  const { body } = await browser.get('/');
  const iss = encodeURIComponent(provider.config.issuer);
  expect(body).toContain(`href="https://wiki.example/login?from=tile&amp;iss=${iss}"`);
});

test('the tiles leave out what registered itself and this person has not allowed', async () => {
  const payload = JSON.stringify({
    redirect_uris: [redirect_uri],
    client_name: 'Lure',
    client_uri: 'https://lure.example',
  });
  const headers = { 'content-type': 'application/json' };
  const client = (await provider.app.inject({ method: 'POST', url: '/oidc/register', headers, payload })).json();
  expect((await browser.get('/')).body).not.toContain('lure.example');
  await authorize(browser, authorizationUrl(client));
  expect((await browser.get('/')).body).toContain('lure.example');
});
