import type { LightMyRequestResponse } from 'fastify';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeKeyPair, secretKeyPair, signAssertion, withAssertion } from '../support/client-assertion.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { basic, encode, type Form, type Provider, type RegisteredClient, startProvider } from '../support/provider.ts';

/** What a request presents as proof. */
interface Proof {
  readonly form?: Form;
  readonly authorization?: string;
}

const token = '/oidc/oauth2/token';
const endpoints = [
  token,
  '/oidc/oauth2/par',
  '/oidc/oauth2/introspect',
  '/oidc/oauth2/revoke',
  '/oidc/oauth2/device/auth',
];
const guess = 'not-the-secret-but-as-long-as-one-has-to-be';

describe.each(engines)('who guesses the credentials of a client on %s', (engine) => {
  let provider: Provider;
  let addresses = 0;

  beforeAll(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
  });
  afterAll(() => provider.close());

  /** An address that nobody has used yet. */
  const freshAddress = () => `198.51.${Math.floor(++addresses / 256)}.${addresses % 256}`;
  const ask = (remoteAddress: string, { form = {}, authorization }: Proof, url = token) =>
    provider.app.inject({
      method: 'POST',
      url,
      remoteAddress,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization ? { authorization } : {}) },
      payload: encode({ grant_type: 'client_credentials', ...form }),
    });
  const register = (metadata = {}) =>
    provider.register({ grant_types: ['client_credentials'], redirect_uris: [], scope: 'api:read', ...metadata });
  const wrong = ({ client_id }: { client_id: string }) => ({
    authorization: basic({ client_id, client_secret: guess }),
  });
  const right = (client: RegisteredClient) => ({ authorization: basic(client) });
  /** The answers to many at the same instant. */
  const flood = (count: number, one: (index: number) => Promise<LightMyRequestResponse>) =>
    Promise.all(Array.from({ length: count }, (_, index) => one(index)));
  const withStatus = (answers: readonly LightMyRequestResponse[], status: number) =>
    answers.filter(({ statusCode }) => statusCode === status).length;

  function isRefusal(response: LightMyRequestResponse): void {
    expect(response.statusCode).toBe(429);
    expect(response.json().error).toBe('temporarily_unavailable');
    expect(response.json().error_description).toContain('the client is unknown, or its credentials are wrong');
    expect(response.headers['cache-control']).toBe('no-store');
    const seconds = Number(response.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  }

  test('is told 401 a hundred times of two hundred at the same instant, then 429 with the seconds to wait', async () => {
    const [client, address] = [await register(), freshAddress()];
    const answers = await flood(200, () => ask(address, wrong(client)));
    expect(withStatus(answers, 401)).toBe(100);
    expect(withStatus(answers, 429)).toBe(100);
    isRefusal(await ask(address, wrong(client)));
  });

  test('is refused at every endpoint that authenticates clients', async () => {
    const [client, address] = [await register(), freshAddress()];
    await flood(100, (index) => ask(address, wrong(client), endpoints[index % endpoints.length]));
    for (const endpoint of endpoints) isRefusal(await ask(address, wrong(client), endpoint));
  });

  test.each<[string, (client: RegisteredClient) => Promise<[wrong: Proof, right: Proof]>]>([
    ['client_secret_basic', async (client) => [wrong(client), right(client)]],
    [
      'client_secret_post',
      async ({ client_id, client_secret }) => [
        { form: { client_id, client_secret: guess } },
        { form: { client_id, client_secret } },
      ],
    ],
    [
      'client_secret_jwt',
      async (client) => [
        { form: withAssertion(await signAssertion(provider, client, secretKeyPair(guess))) },
        { form: withAssertion(await signAssertion(provider, client, secretKeyPair(client.client_secret))) },
      ],
    ],
  ])('is refused with %s, and never keeps out the client itself, at the same address', async (method, proofs) => {
    const [client, address] = [await register({ token_endpoint_auth_method: method }), freshAddress()];
    const [bad, good] = await proofs(client);
    await flood(100, () => ask(address, bad));
    isRefusal(await ask(address, bad));
    expect((await ask(address, good)).statusCode).toBe(200);
    isRefusal(await ask(address, bad));
  });

  test('is refused with private_key_jwt, and never keeps out the client itself, at the same address', async () => {
    const [key, otherKey] = [await makeKeyPair('ES256'), await makeKeyPair('ES256')];
    const jwks = { keys: [key.publicJwk] };
    const [client, address] = [await register({ token_endpoint_auth_method: 'private_key_jwt', jwks }), freshAddress()];
    const bad = { form: withAssertion(await signAssertion(provider, client, otherKey)) };
    await flood(100, () => ask(address, bad));
    isRefusal(await ask(address, bad));
    const good = { form: withAssertion(await signAssertion(provider, client, key)) };
    expect((await ask(address, good)).statusCode).toBe(200);
  });

  test('is refused for that client and that network alone', async () => {
    const [client, other, address] = [await register(), await register(), freshAddress()];
    await flood(100, () => ask(address, wrong(client)));
    isRefusal(await ask(address, wrong(client)));
    expect((await ask(address, wrong(other))).statusCode).toBe(401);
    expect((await ask(freshAddress(), wrong(client))).statusCode).toBe(401);
  });

  test('is refused for a client that there is not, as for any other', async () => {
    const [client_id, address] = ['nobody', freshAddress()];
    await flood(100, () => ask(address, wrong({ client_id })));
    isRefusal(await ask(address, wrong({ client_id })));
  });

  test('is told 401 again after the wait, and after half an hour of quiet begins anew', async () => {
    const [client, address] = [await register(), freshAddress()];
    await flood(100, () => ask(address, wrong(client)));
    provider.clock.advance(Number((await ask(address, wrong(client))).headers['retry-after']));
    expect((await ask(address, wrong(client))).statusCode).toBe(401);
    isRefusal(await ask(address, wrong(client)));
    provider.clock.advance(1800);
    expect(withStatus(await flood(100, () => ask(address, wrong(client))), 401)).toBe(100);
  });

  test('makes no more rows from one network than it has attempts, whatever names of clients it invents', async () => {
    const { database } = provider.context;
    const count = async () => (await database.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM throttles`))?.n ?? 0;
    const [address, before] = [freshAddress(), await count()];
    const answers = await flood(1000, (index) => ask(address, wrong({ client_id: `invented-${index}` })));
    expect(withStatus(answers, 401)).toBe(400);
    expect(withStatus(answers, 429)).toBe(600);
    expect((await count()) - before).toBe(401);
  });

  test('leaves behind neither the name of a client nor an address, and who is right leaves nothing', async () => {
    const [client, address] = [await register(), freshAddress()];
    const { database } = provider.context;
    const rows = async () => JSON.stringify(await database.all(sql`SELECT * FROM throttles ORDER BY key`));
    const before = await rows();
    expect((await ask(address, right(client))).statusCode).toBe(200);
    expect(await rows()).toBe(before);
    await ask(address, wrong(client));
    const after = await rows();
    expect(after).not.toBe(before);
    for (const text of [client.client_id, address, guess]) expect(after).not.toContain(text);
  });
});
