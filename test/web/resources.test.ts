import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newResourceSchema, registerResource, removeResource } from '../../src/protocol/resources.ts';
import {
  authorizationUrl,
  authorize,
  obtainCode,
  obtainTokens,
  payloadOf,
  redeem,
  refresh,
  type Tokens,
  userinfo,
} from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import {
  actor,
  answerOf,
  type Provider,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from '../support/provider.ts';
import { newClientKey, requestClaims, signRequestObject } from '../support/request-object.ts';

const wiki = 'https://wiki.example/api';
const files = 'https://files.example/';
const vault = 'https://vault.example/api';
const open = 'https://open.example/mcp';
const foreign = 'https://foreign.example/';
const scope = 'openid offline_access wiki.read files.read files.write';

describe.each(engines)('resources on %s', (engine) => {
  let provider: Provider;
  let client: RegisteredClient;
  /** The vault itself, as which it asks about tokens. */
  let api: RegisteredClient;
  let browser: TestBrowser;
  const add = (resource: Record<string, unknown>) =>
    registerResource(provider.context, newResourceSchema.parse(resource), actor);

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    await provider.addUser();
    await add({ identifier: wiki, scope: 'wiki.read', access_token_seconds: 120, access_token_signing_alg: 'PS256' });
    await add({ identifier: files });
    api = await provider.register({ redirect_uris: [], grant_types: ['client_credentials'] }, { client_id: 'vault' });
    await add({ identifier: vault, access_token_format: 'opaque', client_id: 'vault' });
    await add({ identifier: open, open: true });
    await add({ identifier: foreign });
    client = await provider.register({
      first_party: true,
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      scope,
      audience: [wiki, files, vault],
    });
    browser = provider.browser();
    await browser.signIn();
  });
  afterAll(() => provider.close());

  /** The address of an authorization request for these resources, in as many parameters. */
  const urlFor = (resources: readonly string[], changes = {}) =>
    authorizationUrl(client, { scope, ...changes }) +
    resources.map((resource) => `&resource=${encodeURIComponent(resource)}`).join('');
  const codeFor = async (resources: readonly string[]): Promise<string> =>
    answerOf(await authorize(browser, urlFor(resources))).code ?? '';
  const tokensFor = async (resources: readonly string[], changes = {}) =>
    (await redeem(provider, client, await codeFor(resources), changes)).json<Tokens>();
  const machine = (changes = {}) =>
    provider.post('/oidc/oauth2/token', { grant_type: 'client_credentials', ...changes }, client);

  test('that are asked for are the audience of the access token, and leave it the scope values that they know', async () => {
    const tokens = await tokensFor([wiki]);
    expect(payloadOf(tokens.access_token)).toMatchObject({ aud: wiki, scope: 'wiki.read' });
    expect(tokens.scope).toBe('wiki.read');
    expect(tokens.id_token).toBeDefined();
  });

  test('decide how long their tokens live, and what signs them', async () => {
    const { access_token, expires_in } = await tokensFor([wiki]);
    expect(expires_in).toBe(120);
    expect(JSON.parse(Buffer.from(access_token.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({
      alg: 'PS256',
      typ: 'at+jwt',
    });
  });

  test('may be several, in repeated parameters', async () => {
    const tokens = await tokensFor([wiki, files]);
    expect(payloadOf(tokens.access_token)).toMatchObject({ aud: [wiki, files], scope });
    expect(tokens.expires_in).toBe(120);
  });

  test('of the grant are narrowed by each token request, and are all there again in the next', async () => {
    const first = await tokensFor([wiki, files], { resource: files });
    expect(payloadOf(first.access_token).aud).toBe(files);
    const narrowed = await refresh(provider, client, first.refresh_token ?? '', { resource: wiki });
    expect(payloadOf(narrowed.json().access_token)).toMatchObject({ aud: wiki, scope: 'wiki.read' });
    const all = await refresh(provider, client, first.refresh_token ?? '');
    expect(payloadOf(all.json().access_token).aud).toEqual([wiki, files]);
  });

  test('may be asked for by a client for itself', async () => {
    expect(payloadOf((await machine({ resource: files })).json().access_token).aud).toBe(files);
  });

  test('that are open may be asked for by any client', async () => {
    expect(payloadOf((await machine({ resource: open })).json().access_token).aud).toBe(open);
  });

  test('are not needed: without any the client’s audience and userinfo are meant', async () => {
    const plain = await provider.register({ first_party: true });
    const { access_token } = await obtainTokens(provider, browser, plain);
    expect(payloadOf(access_token).aud).toBe(provider.config.issuer);
    expect((await userinfo(provider, access_token)).statusCode).toBe(200);
  });

  test('a token for another audience is refused at userinfo', async () => {
    const { access_token } = await tokensFor([files]);
    expect(payloadOf(access_token).scope).toContain('openid');
    const response = await userinfo(provider, access_token);
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  test('a token for the issuer, which is our own resource, is taken at userinfo', async () => {
    const { access_token } = await tokensFor([provider.config.issuer]);
    expect(payloadOf(access_token)).toMatchObject({ aud: provider.config.issuer, scope: 'openid offline_access' });
    expect((await userinfo(provider, access_token)).statusCode).toBe(200);
  });

  test.each([
    ['that is not absolute', '/api'],
    ['that is no URI', 'wiki'],
    ['with a fragment', `${wiki}#top`],
    ['with an empty fragment', `${wiki}#`],
    ['that is unknown', 'https://nobody.example/'],
    ['that differs by a slash', `${wiki}/`],
    ['that is not for this client', foreign],
    ['of two in one parameter', `${wiki} ${files}`],
    ['that would run', 'javascript:alert(1)'],
  ])('a resource %s is invalid_target at every endpoint', async (_, resource) => {
    const answer = answerOf(await browser.get(urlFor([wiki, resource])));
    expect(answer).toMatchObject({ error: 'invalid_target', state: 'the-state' });
    const pushed = await provider.post(
      '/oidc/oauth2/par',
      Object.fromEntries(new URL(urlFor([resource]), 'https://id.example').searchParams),
      client,
    );
    for (const response of [
      pushed,
      await machine({ resource }),
      await redeem(provider, client, await codeFor([wiki]), { resource }),
      await refresh(provider, client, (await tokensFor([wiki])).refresh_token ?? '', { resource }),
    ]) {
      expect(response.statusCode).toBe(400);
      expect(response.json().error).toBe('invalid_target');
    }
  });

  test('a resource that was not granted is refused when a code is redeemed or a token refreshed', async () => {
    expect((await redeem(provider, client, await codeFor([wiki]), { resource: files })).json().error).toBe(
      'invalid_target',
    );
    const { refresh_token = '' } = await tokensFor([wiki]);
    expect((await refresh(provider, client, refresh_token, { resource: files })).json().error).toBe('invalid_target');
    expect((await refresh(provider, client, refresh_token)).statusCode).toBe(200);
  });

  test('a resource that was removed is refused from then on', async () => {
    await add({ identifier: 'urn:example:short-lived', open: true });
    expect((await machine({ resource: 'urn:example:short-lived' })).statusCode).toBe(200);
    await removeResource(provider.context, 'urn:example:short-lived', actor);
    expect((await machine({ resource: 'urn:example:short-lived' })).json().error).toBe('invalid_target');
  });

  test('outlive a push', async () => {
    const form = Object.fromEntries(new URL(urlFor([wiki]), 'https://id.example').searchParams);
    const { request_uri } = (await provider.post('/oidc/oauth2/par', form, client)).json();
    const { client_id } = client;
    const answer = answerOf(
      await authorize(browser, `/oidc/oauth2/auth?${new URLSearchParams({ client_id, request_uri })}`),
    );
    const tokens = (await redeem(provider, client, answer.code ?? '')).json<Tokens>();
    expect(payloadOf(tokens.access_token).aud).toBe(wiki);
  });

  test('keep what they want of their tokens when a request leaves resource out', async () => {
    const own = await provider.register({ first_party: true, audience: [wiki], scope: 'openid wiki.read' });
    const { access_token, expires_in } = await obtainTokens(provider, browser, own, { scope: 'openid wiki.read' });
    expect(payloadOf(access_token)).toMatchObject({ aud: [wiki, provider.config.issuer], scope: 'openid wiki.read' });
    expect(expires_in).toBe(120);
  });

  test.each([
    ['one', wiki, wiki],
    ['a list', [wiki, files], [wiki, files]],
  ])('may be %s in a request object', async (_, resource, aud) => {
    const key = await newClientKey('ES256');
    const signing = await provider.register({
      first_party: true,
      scope,
      audience: [wiki, files],
      jwks: { keys: [key.publicJwk] },
    });
    const request = await signRequestObject(key, requestClaims(provider, signing, { scope, resource }));
    const { client_id } = signing;
    const answer = answerOf(await browser.get(`/oidc/oauth2/auth?${new URLSearchParams({ client_id, request })}`));
    const tokens = (await redeem(provider, signing, answer.code ?? '')).json<Tokens>();
    expect(payloadOf(tokens.access_token).aud).toEqual(aud);
  });

  test('of a device are refused or kept like all others', async () => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const device = await provider.register({ redirect_uris: [], grant_types: [grant_type], audience: [wiki] });
    const begin = (resource: string) =>
      provider.post('/oidc/oauth2/device/auth', { scope: 'openid', resource }, device);
    expect((await begin(foreign)).json().error).toBe('invalid_target');
    const { device_code, user_code } = (await begin(wiki)).json();
    const confirm = await browser.submit(await browser.open('/device'), { user_code });
    await browser.submit(confirm, { decision: 'allow' });
    const form = { grant_type, device_code };
    expect((await provider.post('/oidc/oauth2/token', { ...form, resource: files }, device)).json().error).toBe(
      'invalid_target',
    );
    const tokens = (await provider.post('/oidc/oauth2/token', form, device)).json<Tokens>();
    expect(payloadOf(tokens.access_token).aud).toBe(wiki);
  });

  describe('opaque access tokens', () => {
    const introspect = (token: string, asking: RegisteredClient) =>
      provider.post('/oidc/oauth2/introspect', { token }, asking);

    test('say nothing by themselves, and everything to the API that they are for', async () => {
      const { access_token } = await tokensFor([vault]);
      expect(access_token).toMatch(/^[\w-]{64}$/);
      const answer = (await introspect(access_token, api)).json();
      expect(answer).toMatchObject({
        active: true,
        iss: provider.config.issuer,
        aud: vault,
        client_id: client.client_id,
        sub: expect.any(String),
        token_type: 'Bearer',
      });
      expect(answer).not.toHaveProperty('authorization_id');
    });

    test('tell nothing to another client', async () => {
      const { access_token } = await tokensFor([vault]);
      expect((await introspect(access_token, await provider.register())).body).toBe('{"active":false}');
    });

    test('are refused at userinfo unless they are for it too', async () => {
      expect((await userinfo(provider, (await tokensFor([vault])).access_token)).statusCode).toBe(401);
      const both = await tokensFor([vault, provider.config.issuer]);
      expect((await userinfo(provider, both.access_token)).statusCode).toBe(200);
    });

    test.each([
      [
        'revoked by their client',
        async (token: string) => void (await provider.post('/oidc/oauth2/revoke', { token }, client)),
      ],
      ['expired', async () => provider.clock.advance(3600)],
    ])('are dead once %s', async (_, end) => {
      const access_token: string = (await machine({ resource: vault })).json().access_token;
      expect((await introspect(access_token, api)).json().active).toBe(true);
      await end(access_token);
      expect((await introspect(access_token, api)).body).toBe('{"active":false}');
    });

    test('are dead once the code that gave them comes again', async () => {
      const code = await obtainCode(browser, client, { scope, resource: vault });
      const { access_token } = (await redeem(provider, client, code)).json<Tokens>();
      await redeem(provider, client, code);
      expect((await introspect(access_token, api)).body).toBe('{"active":false}');
    });

    test('with another verifier are unknown', async () => {
      const { access_token } = await tokensFor([vault]);
      const forged = access_token.slice(0, 40) + 'A'.repeat(24);
      expect((await introspect(forged, api)).body).toBe('{"active":false}');
    });
  });
});
