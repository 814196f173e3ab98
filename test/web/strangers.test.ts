import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findClient, removeClient, setClientEnabled } from '../../src/protocol/clients.ts';
import { countClients } from '../../src/storage/clients.ts';
import { sql } from '../../src/storage/database.ts';
import { insertPushedRequest } from '../../src/storage/pushed-authorization-requests.ts';
import { type ClientKeyPair, makeKeyPair, signAssertion, withAssertion } from '../support/client-assertion.ts';
import { authorize, code_verifier, payloadOf, redeem } from '../support/code-flow.ts';
import { textOf } from '../support/console.ts';
import { engines, freshDatabaseUrl, openUntilEnd } from '../support/database.ts';
import { actor, answerOf, type Form, type Provider, redirect_uri, startProvider } from '../support/provider.ts';
import { pushedUrl, requestParameters } from '../support/pushed-request.ts';

const client_id = 'https://app.example/client.json';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Clients that describe themselves and that no person has allowed yet. */
describe.each(engines)('a stranger on %s', (engine) => {
  let provider: Provider;
  let more: Record<string, unknown>;
  let calls: string[];

  beforeEach(async () => {
    more = { token_endpoint_auth_method: 'none' };
    calls = [];
    provider = await start({ CASTELLAN_CLIENT_ID_METADATA_DOCUMENTS: 'on' });
    await provider.addUser();
  });
  afterEach(() => provider.close());

  /** Every address of app.example describes a client. */
  async function start(settings: Record<string, string>): Promise<Provider> {
    return startProvider({
      databaseUrl: await freshDatabaseUrl(engine),
      settings: { CASTELLAN_REQUIRE_PUSHED_AUTHORIZATION_REQUESTS: 'true', ...settings },
      async fetchPublic(address) {
        calls.push(address);
        const document = {
          ...{ client_id: address, client_name: 'Wiki', redirect_uris: [redirect_uri] },
          ...{ grant_types: ['authorization_code', 'refresh_token', deviceGrant], ...more },
        };
        return { status: 200, contentType: 'application/json', body: JSON.stringify(document), headers: {} };
      },
    });
  }

  const push = (form: Form = {}, headers = {}) =>
    provider.post('/oidc/oauth2/par', { ...requestParameters, client_id, ...form }, undefined, headers);
  const rows = async (table: 'pushed_authorization_requests' | 'device_authorizations' | 'replays') => {
    const count = {
      pushed_authorization_requests: sql`pushed_authorization_requests`,
      device_authorizations: sql`device_authorizations`,
      replays: sql`replays`,
    };
    return (await provider.context.database.all(sql`SELECT * FROM ${count[table]}`)).length;
  };
  const toMany = (index: number) => `https://app.example/${index}.json`;

  describe('that pushes', () => {
    test('signs a person in where all must push, and is written down only then', async () => {
      const pushed = await push();
      expect(pushed.statusCode).toBe(201);
      expect(await countClients(provider.context.database)).toBe(0);
      const browser = provider.browser();
      await browser.signIn();
      const page = await browser.open(pushedUrl({ client_id }, pushed.json().request_uri));
      expect(textOf(page)).toMatch(/describes itself at app\.example/);
      expect(await countClients(provider.context.database)).toBe(0);
      const { code } = answerOf(await browser.submit(page, { decision: 'allow' }));
      const client = await findClient(provider.context, client_id);
      if (!client) throw new Error('the client was not written down');
      const tokens = await redeem(provider, { ...client, client_secret: '' }, code ?? '');
      expect(payloadOf(tokens.json().id_token).aud).toBe(client_id);
      expect((await push()).statusCode).toBe(201);
    });

    test('may prove with its own key who it is, each assertion once', async () => {
      const keys = await makeKeyPair('ES256');
      more = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [keys.publicJwk] } };
      const assertion = await assertionOf(keys);
      const pushed = await push(assertion);
      expect(pushed.statusCode).toBe(201);
      expect((await push(assertion)).json().error).toBe('invalid_client');
      expect((await push(await assertionOf(await makeKeyPair('ES256')))).json().error).toBe('invalid_client');
      expect((await push()).json().error).toBe('invalid_client');
      const browser = provider.browser();
      const { code } = answerOf(await authorize(browser, pushedUrl({ client_id }, pushed.json().request_uri)));
      const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier };
      const tokens = await provider.post('/oidc/oauth2/token', { ...form, ...(await assertionOf(keys)) });
      expect(tokens.json().id_token).toBeDefined();
    });

    test('fills no disk: from one network 200 wait, however many clients it says to be', async () => {
      for (let index = 0; index < 200; index++) expect((await push({ client_id: toMany(index) })).statusCode).toBe(201);
      const refused = await push({ client_id: toMany(200) });
      expect([refused.statusCode, refused.json().error]).toEqual([429, 'temporarily_unavailable']);
      expect(await rows('pushed_authorization_requests')).toBe(200);
      expect(await countClients(provider.context.database)).toBe(0);
      provider.clock.advance(90);
      expect((await push({ client_id: toMany(200) })).statusCode).toBe(201);
    });

    test('does not use up what clients push that a person has allowed', async () => {
      const known = await push();
      await authorize(provider.browser(), pushedUrl({ client_id }, known.json().request_uri));
      for (let index = 0; index < 201; index++) await push({ client_id: toMany(index) });
      expect((await push({ client_id: toMany(300) })).statusCode).toBe(429);
      expect((await push()).statusCode).toBe(201);
    });

    test('is not remembered for more than so many assertions from one network', async () => {
      const keys = await makeKeyPair('ES256');
      more = { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [keys.publicJwk] } };
      await push(await assertionOf(keys));
      await provider.context.database.run(sql`UPDATE throttles SET attempts = 1999`);
      await push(await assertionOf(keys));
      const before = await rows('replays');
      const refused = await push(await assertionOf(keys));
      expect([refused.statusCode, Number(refused.headers['retry-after'])]).toEqual([429, 60]);
      expect(await rows('replays')).toBe(before);
    });

    test.each<[string, () => Promise<unknown>]>([
      ['whose document cannot be used', async () => Object.assign(more, { client_secret: 'secret' })],
      [
        'that an administrator switched off',
        async () => {
          const { request_uri } = (await push()).json();
          await authorize(provider.browser(), pushedUrl({ client_id }, request_uri));
          await setClientEnabled(provider.context, client_id, false, actor);
        },
      ],
    ])('%s is invalid_client', async (_, prepare) => {
      await prepare();
      const before = await rows('pushed_authorization_requests');
      expect((await push()).json().error).toBe('invalid_client');
      expect(await rows('pushed_authorization_requests')).toBe(before);
    });

    test('is unknown where such clients are switched off, and nothing is fetched', async () => {
      const off = await start({});
      const answer = await off.post('/oidc/oauth2/par', { ...requestParameters, client_id });
      expect(answer.json().error).toBe('invalid_client');
      expect(calls).toEqual([]);
      await off.close();
    });
  });

  describe('that is a device', () => {
    const begin = (form: Form = {}) =>
      provider.post('/oidc/oauth2/device/auth', { client_id, scope: 'openid', ...form });
    const poll = (device_code: string) =>
      provider.post('/oidc/oauth2/token', { grant_type: deviceGrant, device_code, client_id });

    test('waits for a person who is told where it describes itself, and gets its tokens', async () => {
      const { device_code, user_code } = (await begin()).json();
      expect((await poll(device_code)).json().error).toBe('authorization_pending');
      const browser = provider.browser();
      await browser.signIn();
      const page = await browser.submit(await browser.open('/device'), { user_code });
      expect(textOf(page)).toMatch(/describes itself at app\.example/);
      expect(await countClients(provider.context.database)).toBe(0);
      await browser.submit(page, { decision: 'allow' });
      provider.clock.advance(6);
      expect(payloadOf((await poll(device_code)).json().id_token).aud).toBe(client_id);
      expect(await countClients(provider.context.database)).toBe(1);
    });

    test('that is refused leaves no client behind', async () => {
      const { device_code, user_code } = (await begin()).json();
      const browser = provider.browser();
      await browser.signIn();
      const page = await browser.submit(await browser.open('/device'), { user_code });
      await browser.submit(page, { decision: 'deny' });
      provider.clock.advance(6);
      expect((await poll(device_code)).json().error).toBe('access_denied');
      expect(await countClients(provider.context.database)).toBe(0);
    });

    test('leaves nothing waiting once it was allowed and removed', async () => {
      await authorize(provider.browser(), pushedUrl({ client_id }, (await push()).json().request_uri));
      await push();
      await begin();
      await removeClient(provider.context, client_id, actor);
      expect([await rows('pushed_authorization_requests'), await rows('device_authorizations')]).toEqual([0, 0]);
    });

    test('fills no disk: from one network fifty wait, however many clients it says to be', async () => {
      for (let index = 0; index < 50; index++) expect((await begin({ client_id: toMany(index) })).statusCode).toBe(200);
      expect((await begin({ client_id: toMany(50) })).statusCode).toBe(429);
      expect(await rows('device_authorizations')).toBe(50);
    });
  });

  test('is one of at most so many from all networks together', async () => {
    const database = await openUntilEnd(await freshDatabaseUrl(engine));
    const insert = (id: string, counted_under: string) =>
      insertPushedRequest(
        database,
        {
          ...{ id, verifier_hash: 'v', client_id: toMany(Number(id)), parameters: {} },
          ...{ counted_under, sender: `network ${id}`, expires_at: 90 },
        },
        { now: 1, limits: { together: 3, ofSender: 2 } },
      );
    const written = [await insert('1', ''), await insert('2', ''), await insert('3', ''), await insert('4', '')];
    expect(written).toEqual([true, true, true, false]);
    expect(await insert('5', 'somebody known')).toBe(true);
  });

  async function assertionOf(keys: ClientKeyPair): Promise<Form> {
    return withAssertion(await signAssertion(provider, { client_id }, keys));
  }
});
