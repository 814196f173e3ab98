import { afterEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { deleteUnusedClients } from '../../src/jobs/delete-unused-clients.ts';
import { addInitialAccessToken } from '../../src/protocol/client-registration/initial-access-tokens.ts';
import { findClient } from '../../src/protocol/clients.ts';
import { updateClient } from '../../src/protocol/register-client.ts';
import { newResourceSchema, registerResource } from '../../src/protocol/resources.ts';
import { sql } from '../../src/storage/database.ts';
import { obtainCode } from '../support/code-flow.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, type RegisteredClient, redirect_uri, startProvider } from '../support/provider.ts';

const day = 86_400;
let provider: Provider;
afterEach(() => provider.close());

async function start(engine: (typeof engines)[number], settings: Record<string, string> = {}) {
  provider = await startProvider({
    databaseUrl: await freshDatabaseUrl(engine),
    settings: { CASTELLAN_CLIENT_REGISTRATION: 'open', ...settings },
  });
}

async function registerItself(metadata: Record<string, unknown> = {}, token?: string): Promise<RegisteredClient> {
  const response = await provider.app.inject({
    method: 'POST',
    url: '/oidc/register',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    payload: { redirect_uris: [redirect_uri], ...metadata },
  });
  expect(response.statusCode).toBe(201);
  return response.json();
}

const run = (signal = new AbortController().signal) => deleteUnusedClients.run(provider.context, signal);
const isThere = async ({ client_id }: RegisteredClient) =>
  (await findClient(provider.context, client_id)) !== undefined;

/** A month and a day later, has the job removed this client? */
async function outlastsAMonth(client: RegisteredClient): Promise<boolean> {
  provider.clock.advance(31 * day);
  await run();
  return isThere(client);
}

describe.each(engines)('on %s', (engine) => {
  test('a client that registered itself and was never used is removed after a month, which is in the audit log', async () => {
    await start(engine);
    const early = await registerItself();
    provider.clock.advance(15 * day);
    const late = await registerItself();
    await run();
    expect(await Promise.all([early, late].map(isThere))).toEqual([true, true]);
    provider.clock.advance(15 * day + 1);
    await Promise.all([run(), run()]);
    expect(await Promise.all([early, late].map(isThere))).toEqual([false, true]);
    const events = await listEvents(provider.context, { target: early.client_id, action: 'client.removed', limit: 9 });
    expect(events).toMatchObject([{ actor: 'system', detail: { unused: true } }]);
    expect(await provider.context.database.all(sql`SELECT client_id FROM client_registrations`)).toEqual([
      { client_id: late.client_id },
    ]);
  });

  test('a client that a person has allowed something stays', async () => {
    await start(engine);
    await provider.addUser();
    const client = await registerItself();
    await obtainCode(provider.browser(), client);
    expect(await outlastsAMonth(client)).toBe(true);
  });

  test('a device that a person has allowed something stays', async () => {
    await start(engine);
    await provider.addUser();
    const client = await registerItself({
      ...{ application_type: 'native', token_endpoint_auth_method: 'none', redirect_uris: [], response_types: [] },
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    });
    const form = { client_id: client.client_id, scope: 'openid' };
    const { user_code } = (await provider.post('/oidc/oauth2/device/auth', form)).json();
    const browser = provider.browser();
    await browser.signIn();
    const confirm = await browser.submit(await browser.open('/device'), { user_code });
    expect((await browser.submit(confirm, { decision: 'allow' })).statusCode).toBe(200);
    expect(await outlastsAMonth(client)).toBe(true);
  });

  test('a program that has got a token for itself stays, and one that only tried does not', async () => {
    await start(engine);
    const { token } = await addInitialAccessToken(provider.context, { uses: 2, seconds: 600 }, actor);
    const machine = { redirect_uris: [], grant_types: ['client_credentials'], response_types: [] };
    const [used, refused] = [await registerItself(machine, token), await registerItself(machine, token)];
    const ask = (client: RegisteredClient, scope: string | undefined) =>
      provider.post('/oidc/oauth2/token', { grant_type: 'client_credentials', scope }, client);
    expect((await ask(used, undefined)).statusCode).toBe(200);
    expect((await ask(refused, 'openid')).statusCode).toBe(400);
    expect(await outlastsAMonth(used)).toBe(true);
    expect(await isThere(refused)).toBe(false);
  });

  test('a client that an administrator has changed stays, and one that has only changed itself does not', async () => {
    await start(engine);
    const [looked, itself] = [await registerItself(), await registerItself()];
    for (const [client, id] of [
      [looked, actor.id],
      [itself, itself.client_id],
    ] as const) {
      const found = await findClient(provider.context, client.client_id);
      if (!found) throw new Error('the client is not there');
      await updateClient(provider.context, found, { redirect_uris: [redirect_uri] }, { id });
    }
    expect(await outlastsAMonth(looked)).toBe(true);
    expect(await isThere(itself)).toBe(false);
  });

  test('a client as which an API introspects stays', async () => {
    await start(engine);
    const client = await registerItself();
    const api = { identifier: 'https://api.example/', access_token_format: 'opaque', client_id: client.client_id };
    await registerResource(provider.context, newResourceSchema.parse(api), actor);
    expect(await outlastsAMonth(client)).toBe(true);
  });

  test('a client that an administrator registered stays, used or not', async () => {
    await start(engine);
    expect(await outlastsAMonth(await provider.register())).toBe(true);
  });

  test('more clients than are looked up at once are all removed, unless the process is told to stop', async () => {
    await start(engine);
    const unused = async () =>
      (await provider.context.database.all(sql`SELECT client_id FROM clients WHERE unused_since IS NOT NULL`)).length;
    await provider.context.database.run(sql`
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 1100)
      INSERT INTO clients (client_id, metadata, unused_since, created_at, updated_at)
      SELECT 'client-' || n, '{}', n, 0, 0 FROM counter`);
    await run(AbortSignal.abort());
    expect(await unused()).toBe(1100);
    await run();
    expect(await unused()).toBe(0);
  });
});

test('the time is a setting, and 0 keeps unused clients for ever', async () => {
  await start('sqlite', { CASTELLAN_UNUSED_CLIENT_SECONDS: '0' });
  const kept = await registerItself();
  provider.clock.advance(3650 * day);
  await run();
  expect(await isThere(kept)).toBe(true);
  await provider.close();
  await start('sqlite', { CASTELLAN_UNUSED_CLIENT_SECONDS: '60' });
  const removed = await registerItself();
  provider.clock.advance(61);
  await run();
  expect(await isThere(removed)).toBe(false);
});
