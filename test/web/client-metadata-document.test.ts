import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutboundError, type OutboundResponse } from '../../src/lib/outbound-fetch.ts';
import { isDocumentAddress } from '../../src/protocol/client-registration/metadata-document.ts';
import { findClient, setClientEnabled } from '../../src/protocol/clients.ts';
import { countClients } from '../../src/storage/clients.ts';
import { authorizationUrl, authorize, code_verifier } from '../support/code-flow.ts';
import { actor, answerOf, encode, type Provider, redirect_uri, startProvider } from '../support/provider.ts';

const client_id = 'https://app.example/client.json';
const good = { client_id, client_name: 'Wiki', redirect_uris: [redirect_uri], token_endpoint_auth_method: 'none' };

let provider: Provider;
let site: () => Partial<OutboundResponse>;
let calls: string[];
const answer =
  (document: unknown, changes: Partial<OutboundResponse> = {}) =>
  () => ({
    status: 200,
    contentType: 'application/json',
    body: typeof document === 'string' ? document : JSON.stringify(document),
    headers: {},
    ...changes,
  });

function start(settings: Record<string, string> = { CASTELLAN_CLIENT_ID_METADATA_DOCUMENTS: 'on' }): Promise<Provider> {
  return startProvider({
    settings,
    async fetchPublic(address) {
      calls.push(address);
      const response = { status: 200, contentType: '', body: '', headers: {}, ...site() };
      await new Promise((resolve) => setImmediate(resolve));
      return response;
    },
  });
}

beforeEach(async () => {
  calls = [];
  site = answer(good);
  provider = await start();
  await provider.addUser();
});
afterEach(() => provider.close());

const url = (changes: Record<string, string> = {}) => authorizationUrl({ client_id }, changes);
const redeemed = (code: string | undefined) =>
  provider.post('/oidc/oauth2/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    code_verifier,
    client_id,
  });

describe('a client that describes itself at its client_id', () => {
  test('signs people in, once they were told where its description comes from', async () => {
    const browser = provider.browser();
    await browser.signIn();
    const page = await browser.open(url());
    expect(page.body).toMatch(/describes itself at\s+<strong>app\.example<\/strong>/);
    const { code } = answerOf(await browser.submit(page, { decision: 'allow' }));
    const tokens = (await redeemed(code)).json();
    const userinfo = await provider.app.inject({
      url: '/oidc/userinfo',
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(userinfo.statusCode).toBe(200);
    expect(calls).toEqual([client_id]);
  });

  test('leaves nothing behind for visitors who have not signed in and allowed it', async () => {
    const browser = provider.browser();
    const page = await browser.open(url());
    expect(page.body).toContain('Wiki');
    await provider.browser().open(url());
    await browser.submit(page, { username: 'alice', password: 'correct horse battery staple' });
    expect(await countClients(provider.context.database)).toBe(0);
    await authorize(browser, url());
    expect(await countClients(provider.context.database)).toBe(1);
  });

  test('is a tile for who allowed it, and for nobody else', async () => {
    site = answer({ ...good, client_uri: 'https://app.example/home' });
    const alice = provider.browser();
    await authorize(alice, url());
    await provider.addUser({ username: 'bob', email: 'bob@example.com' });
    const bob = provider.browser();
    await bob.signIn('bob');
    expect((await alice.get('/')).body).toContain('https://app.example/home');
    expect((await bob.get('/')).body).not.toContain('app.example');
  });

  test('is fetched once by many at the same instant, and again after five minutes', async () => {
    await Promise.all([1, 2, 3, 4].map(() => provider.browser().open(url())));
    expect(calls).toHaveLength(1);
    provider.clock.advance(301);
    await provider.browser().open(url());
    expect(calls).toHaveLength(2);
  });

  test('that cannot be fetched is tried again after half a minute, not before', async () => {
    site = () => {
      throw new OutboundError(new Error('refused'));
    };
    expect((await provider.browser().open(url())).statusCode).toBe(400);
    site = answer(good);
    expect((await provider.browser().open(url())).statusCode).toBe(400);
    expect(calls).toHaveLength(1);
    provider.clock.advance(31);
    expect((await provider.browser().open(url())).body).toContain('id="login-password"');
  });

  test('counts as it was for an hour when its address no longer answers', async () => {
    await provider.browser().open(url());
    site = answer('', { status: 500 });
    provider.clock.advance(3000);
    expect((await provider.browser().open(url())).statusCode).toBe(200);
    provider.clock.advance(700);
    expect((await provider.browser().open(url())).statusCode).toBe(400);
  });

  test('follows its document: an address that was taken out gets nothing', async () => {
    const browser = provider.browser();
    await authorize(browser, url());
    site = answer({ ...good, redirect_uris: ['https://app.example/other'] });
    provider.clock.advance(301);
    expect((await browser.open(url())).statusCode).toBe(400);
    const { code } = answerOf(await authorize(browser, url({ redirect_uri: 'https://app.example/other' })));
    expect(code).toBeDefined();
    expect((await findClient(provider.context, client_id))?.redirect_uris).toEqual(['https://app.example/other']);
  });

  test('cannot give itself what administrators give, and leaves out what is not served', async () => {
    site = answer({
      ...good,
      first_party: true,
      audience: ['https://api.example'],
      require_pkce: false,
      profile: 'fapi2',
      scope: 'openid admin',
      grant_types: ['authorization_code', 'urn:example:other', 'client_credentials'],
      response_types: ['code', 'code magic'],
    });
    await authorize(provider.browser(), url());
    expect(await findClient(provider.context, client_id)).toMatchObject({
      first_party: false,
      audience: [],
      require_pkce: true,
      scope: 'openid',
      grant_types: ['authorization_code'],
      response_types: ['code'],
    });
  });

  test('that an administrator switched off is switched off', async () => {
    const browser = provider.browser();
    await authorize(browser, url());
    await setClientEnabled(provider.context, client_id, false, actor);
    expect((await browser.open(url())).statusCode).toBe(400);
  });

  test('gives way to a client that was registered with the same id, which is not fetched', async () => {
    await provider.register({ client_name: 'Ours' }, { client_id });
    expect((await provider.browser().open(url())).body).toContain('Ours');
    expect(calls).toEqual([]);
  });

  test.each<[string, () => Partial<OutboundResponse>]>([
    ['another client_id', answer({ ...good, client_id: 'https://app.example/other.json' })],
    ['the client_id with the default port', answer({ ...good, client_id: 'https://app.example:443/client.json' })],
    ['no client_id', answer({ ...good, client_id: undefined })],
    ['a secret', answer({ ...good, client_secret: 'secret' })],
    ['the end of a secret', answer({ ...good, client_secret_expires_at: 0 })],
    ...['client_secret_basic', 'client_secret_post', 'client_secret_jwt'].map(
      (method): [string, () => Partial<OutboundResponse>] => [
        `the method ${method}`,
        answer({ ...good, token_endpoint_auth_method: method }),
      ],
    ),
    ['private keys', answer({ ...good, jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A', d: 'A' }] } })],
    ['symmetric keys', answer({ ...good, jwks: { keys: [{ kty: 'oct', k: 'A' }] } })],
    ['an http redirect URI', answer({ ...good, redirect_uris: ['http://app.example/callback'] })],
    ['an http policy', answer({ ...good, policy_uri: 'http://app.example/' })],
    ['no redirect URIs', answer({ ...good, redirect_uris: undefined })],
    ['nothing that is served', answer({ ...good, grant_types: ['urn:example:other'] })],
    ['a list', answer([good])],
    ['null', answer('null')],
    ['no JSON', answer('<html>')],
    ['the type text/html', answer(good, { contentType: 'text/html' })],
    ['status 201', answer(good, { status: 201 })],
    ['status 404', answer(good, { status: 404 })],
  ])('is refused with %s, on a page', async (_, document) => {
    site = document;
    const response = await provider.browser().open(url());
    expect(response.statusCode).toBe(400);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).toContain('metadata document');
  });

  test('is unknown at the token endpoint until a person has allowed it, and nothing is fetched there', async () => {
    expect((await redeemed('x')).json().error).toBe('invalid_client');
    expect(calls).toEqual([]);
  });
});

describe('a client_id that is no address of a document', () => {
  test.each([
    'http://app.example/client.json',
    'https://app.example',
    'https://app.example/',
    'https://app.example/client.json#x',
    'https://user@app.example/client.json',
    'https://user:secret@app.example/client.json',
    'https://app.example/a/../client.json',
    'https://app.example/./client.json',
    'https://app.example/%2e%2e/client.json',
    'https://app.example/%2E/client.json',
    'https://app.example:443/client.json',
    'https://APP.example/client.json',
    'https:/app.example/client.json',
    'https:\\\\app.example\\client.json',
    'https://app.example/client json',
    `https://app.example/${'x'.repeat(200)}`,
  ])('%s is unknown, and not fetched', async (id) => {
    expect(isDocumentAddress(id)).toBe(false);
    const response = await provider.browser().open(`/oidc/oauth2/auth?${encode({ client_id: id, redirect_uri })}`);
    expect(response.statusCode).toBe(400);
    expect(response.body).toContain('no application is registered');
    expect(calls).toEqual([]);
  });
});

test('where it is switched off, which it is by default, nothing is fetched or advertised, and what was kept is dead', async () => {
  const off = await start({});
  const response = await off.browser().open(url());
  expect(response.statusCode).toBe(400);
  expect(calls).toEqual([]);
  const discovery = async (at: Provider) => (await at.app.inject('/oidc/.well-known/openid-configuration')).json();
  expect(await discovery(off)).not.toHaveProperty('client_id_metadata_document_supported');
  expect(await discovery(provider)).toMatchObject({ client_id_metadata_document_supported: true });
  await off.close();
});
