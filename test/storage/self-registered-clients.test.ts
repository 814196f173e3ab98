import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findClientRegistration } from '../../src/storage/client-registrations.ts';
import {
  deleteClient,
  findClientRow,
  insertClient,
  listClientRowsFor,
  updateClientMetadata,
  upsertDescribedClient,
} from '../../src/storage/clients.ts';
import type { Database } from '../../src/storage/database.ts';
import {
  deleteEndedInitialAccessTokens,
  findUsableInitialAccessToken,
  insertInitialAccessToken,
} from '../../src/storage/initial-access-tokens.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';

const row = (client_id: string, changes: { metadata?: string; origins?: string[]; now?: number } = {}) => ({
  client_id,
  metadata: '{}',
  backchannel_logout_uri: null,
  origins: ['https://app.example'],
  now: 100,
  ...changes,
});

describe.each(engines)('on %s', (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await freshDatabaseUrl(engine));
  });
  afterAll(() => database.close());

  test('an initial access token for three lets three of ten at the same instant register', async () => {
    const token = { id: 'a'.repeat(32), verifier_hash: 'hash', uses_left: 3, created_at: 100, expires_at: 200 };
    await insertInitialAccessToken(database, token);
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const client_id = `client-${index}`;
        const registration = { client_id, token_id: 't', verifier_hash: 'h', created_at: 100 };
        return insertClient(database, row(client_id), {
          registered: { registration, initial_access_token_id: token.id },
        });
      }),
    );
    expect(written.filter(Boolean)).toHaveLength(3);
    expect(await listClientRowsFor(database, 'nobody', 10)).toEqual([]);
    expect(await findUsableInitialAccessToken(database, token.id, 100)).toBeUndefined();
    await deleteEndedInitialAccessTokens(database, 100);
    const client_id = `client-${written.indexOf(true)}`;
    expect(await findClientRegistration(database, client_id)).toMatchObject({ token_id: 't' });
    await deleteClient(database, client_id);
    expect(await findClientRegistration(database, client_id)).toBeUndefined();
  });

  test('a described client is written down once, follows changes, and never overwrites a registered one', async () => {
    const client_id = 'https://app.example/client.json';
    expect(await upsertDescribedClient(database, row(client_id))).toBe(true);
    expect(await upsertDescribedClient(database, row(client_id, { now: 200 }))).toBe(false);
    expect(await upsertDescribedClient(database, row(client_id, { metadata: '{"a":1}', origins: [], now: 300 }))).toBe(
      true,
    );
    expect(await findClientRow(database, client_id)).toMatchObject({ described_at: 300, metadata: '{"a":1}' });
    await updateClientMetadata(database, { ...row(client_id, { metadata: '{"b":1}' }), keepsSealedSecrets: false });
    expect(await upsertDescribedClient(database, row(client_id, { metadata: '{"c":1}' }))).toBe(false);
    expect(await findClientRow(database, client_id)).toMatchObject({ described_at: null, metadata: '{"b":1}' });
  });
});
