import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createSecretKey } from '../../src/lib/seal.ts';
import { clientMetadataSchema } from '../../src/protocol/client-metadata.ts';
import { signingAlgs } from '../../src/protocol/tokens/signing-algs.ts';
import { createSigningKeys, longestTokenSeconds, type SigningKeys } from '../../src/protocol/tokens/signing-keys.ts';
import { type Database, sql } from '../../src/storage/database.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { StorageError } from '../../src/storage/storage-error.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';

const day = 86_400;
const start = 1_790_000_000;
const secretKey = createSecretKey(Buffer.alloc(32, 1), randomBytes);
const databases: Database[] = [];

afterEach(async () => {
  for (const database of databases.splice(0)) await database.close();
});

interface Clock {
  time: number;
}

/** The signing keys as one process of an installation has them. */
function processOn(database: Database, clock: Clock, secret = secretKey): SigningKeys {
  const config = readConfig({ CASTELLAN_PUBLIC_URL: 'http://localhost:9000' });
  const log = pino({ level: 'silent' });
  return createSigningKeys({ config, database, now: () => clock.time, secretKey: secret, log });
}

const kidsOf = async (keys: SigningKeys) => (await keys.jwks()).keys.map(({ kid }) => kid);
const states = async (keys: SigningKeys) => (await keys.list()).map(({ state }) => state);

/** Counts the reads of a database, and fails them while it is away. */
function watched(database: Database) {
  const watch = { reads: 0, isAway: false };
  const all: Database['all'] = (statement) => {
    watch.reads += 1;
    if (watch.isAway) throw new StorageError('unavailable', 'away');
    return database.all(statement);
  };
  return { watch, database: { ...database, all } };
}

describe.each(engines)('on %s', (engine) => {
  async function newDatabase(): Promise<Database> {
    const database = await openDatabase(await freshDatabaseUrl(engine));
    databases.push(database);
    return database;
  }

  async function newProvider() {
    const database = await newDatabase();
    const clock = { time: start };
    return { database, clock, keys: processOn(database, clock) };
  }

  test.each(signingAlgs)('the first %s key is made when first asked for, signs at once and stays', async (alg) => {
    const { keys } = await newProvider();
    const key = await keys.current(alg);
    expect(key.alg).toBe(alg);
    expect(key.publicJwk).toMatchObject({ kid: key.kid, alg, use: 'sig' });
    expect((await keys.current(alg)).kid).toBe(key.kid);
    expect(await keys.list()).toMatchObject([{ kid: key.kid, alg, state: 'current', current_at: start }]);
  });

  test('RS256 and ES256 keys are published from the start, others once they are needed', async () => {
    const { keys } = await newProvider();
    expect((await keys.jwks()).keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256']);
    await keys.current('EdDSA');
    await keys.current('PS256');
    expect((await keys.jwks()).keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256', 'PS256', 'EdDSA']);
  });

  test('only public members are published, each key with its own kid, use and alg', async () => {
    const { keys } = await newProvider();
    for (const alg of signingAlgs) await keys.current(alg);
    const published = (await keys.jwks()).keys;
    const members: Readonly<Record<string, readonly string[]>> = {
      RS256: ['alg', 'e', 'kid', 'kty', 'n', 'use'],
      PS256: ['alg', 'e', 'kid', 'kty', 'n', 'use'],
      ES256: ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
      EdDSA: ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
    };
    for (const jwk of published) {
      expect(Object.keys(jwk).toSorted()).toEqual(members[jwk.alg ?? '']);
      expect(jwk.use).toBe('sig');
    }
    expect(new Set(published.map(({ kid }) => kid)).size).toBe(4);
    expect(Buffer.from(published.find(({ alg }) => alg === 'RS256')?.n ?? '', 'base64url')).toHaveLength(256);
  });

  test('two processes that make the first key at the same instant agree on one', async () => {
    const database = await newDatabase();
    const clock = { time: start };
    const processes = [processOn(database, clock), processOn(database, clock), processOn(database, clock)];
    const kids = await Promise.all(processes.flatMap((keys) => [keys.current('ES256'), keys.current('ES256')]));
    expect(new Set(kids.map(({ kid }) => kid)).size).toBe(1);
    expect(await states(processOn(database, clock))).toEqual(['current']);
  });

  test('a successor is published a day before it signs, and the key before it until its last token has expired', async () => {
    const { keys, clock } = await newProvider();
    const first = await keys.current('ES256');
    const [next] = await keys.rotate({ alg: 'ES256' });
    expect(next).toMatchObject({ state: 'next', current_at: start + day });
    expect(await kidsOf(keys)).toEqual(expect.arrayContaining([first.kid, next?.kid]));

    clock.time = start + day - 1;
    expect((await keys.current('ES256')).kid).toBe(first.kid);
    clock.time = start + day;
    expect((await keys.current('ES256')).kid).toBe(next?.kid);
    expect(await states(keys)).toContain('retired');

    clock.time = start + day + longestTokenSeconds;
    expect(await kidsOf(keys)).toContain(first.kid);
    clock.time = start + day + longestTokenSeconds + 61;
    expect(await kidsOf(keys)).not.toContain(first.kid);
  });

  test('rotating while a successor waits makes no second one', async () => {
    const { keys } = await newProvider();
    await keys.current('ES256');
    const once = await keys.rotate({ alg: 'ES256' });
    expect(await keys.rotate({ alg: 'ES256' })).toEqual(once);
    expect(await keys.list()).toHaveLength(2);
  });

  test('rotating rotates every algorithm that has a key, and none that has not', async () => {
    const { keys } = await newProvider();
    await keys.jwks();
    expect((await keys.rotate()).map(({ alg }) => alg)).toEqual(['RS256', 'ES256']);
  });

  test('rotating immediately signs with a new key at once while the old one is still published', async () => {
    const { keys } = await newProvider();
    const first = await keys.current('ES256');
    const [next] = await keys.rotate({ alg: 'ES256', immediately: true });
    expect(next?.state).toBe('current');
    expect((await keys.current('ES256')).kid).toBe(next?.kid);
    expect(await kidsOf(keys)).toEqual(expect.arrayContaining([first.kid, next?.kid]));
    expect(await keys.list()).toContainEqual(
      expect.objectContaining({ kid: first.kid, state: 'retired', retired_at: start, expires_at: start + 60 + day }),
    );
  });

  test('rotating immediately makes a new key even when a successor waits, which then never signs', async () => {
    const { keys, clock } = await newProvider();
    await keys.current('ES256');
    const [waiting] = await keys.rotate({ alg: 'ES256' });
    const [immediate] = await keys.rotate({ alg: 'ES256', immediately: true });
    expect(immediate?.kid).not.toBe(waiting?.kid);
    clock.time = start + 2 * day;
    expect((await keys.current('ES256')).kid).toBe(immediate?.kid);
  });

  test('processes that rotate at the same instant agree on one current key and on one successor', async () => {
    const database = await newDatabase();
    const clock = { time: start };
    const processes = [processOn(database, clock), processOn(database, clock), processOn(database, clock)];
    await processes[0]?.current('ES256');
    await Promise.all(processes.map((keys) => keys.rotate({ alg: 'ES256', immediately: true })));
    clock.time += 2;
    const current = await Promise.all(processes.map((keys) => keys.current('ES256')));
    expect(new Set(current.map(({ kid }) => kid)).size).toBe(1);
    const next = await Promise.all(processes.map((keys) => keys.rotate({ alg: 'ES256' })));
    expect(new Set(next.flat().map(({ kid }) => kid)).size).toBe(1);
    const all = await states(processOn(database, clock));
    expect(all.filter((state) => state !== 'retired').toSorted()).toEqual(['current', 'next']);
  });

  test('a key that another process made a moment ago verifies at once', async () => {
    const database = await newDatabase();
    const clock = { time: start };
    const [one, other] = [processOn(database, clock), processOn(database, clock)];
    await other.current('ES256');
    const [made] = await one.rotate({ alg: 'ES256', immediately: true });
    expect(await other.verificationKey(made?.kid ?? '')).toMatchObject({ alg: 'ES256' });
  });

  test('another process signs with the new key within two seconds of an immediate rotation', async () => {
    const database = await newDatabase();
    const clock = { time: start };
    const [one, other] = [processOn(database, clock), processOn(database, clock)];
    await other.current('ES256');
    const [made] = await one.rotate({ alg: 'ES256', immediately: true });
    clock.time += 2;
    expect((await other.current('ES256')).kid).toBe(made?.kid);
  });

  test('a flood of unknown kids costs ten reads a second, and kids that cannot be ours cost none', async () => {
    const { watch, database } = watched(await newDatabase());
    const clock = { time: start };
    const keys = processOn(database, clock);
    await keys.current('ES256');
    const before = watch.reads;
    for (const kid of ['', '../../etc/passwd', "' OR 1=1 --", '__proto__', 'a\0b', 'k'.repeat(10_000)])
      expect(await keys.verificationKey(kid)).toBeUndefined();
    expect(watch.reads).toBe(before);
    for (let i = 0; i < 200; i++)
      expect(await keys.verificationKey(randomBytes(32).toString('base64url'))).toBeUndefined();
    expect(watch.reads).toBe(before + 10);
  });

  test('keys that are known sign and verify while the database is away', async () => {
    const { watch, database } = watched(await newDatabase());
    const clock = { time: start };
    const keys = processOn(database, clock);
    const { kid } = await keys.current('ES256');
    await keys.jwks();
    watch.isAway = true;
    clock.time += 3600;
    expect((await keys.current('ES256')).kid).toBe(kid);
    expect(await keys.verificationKey(kid)).toBeDefined();
    expect((await keys.jwks()).keys).toHaveLength(2);
    await expect(keys.rotate()).rejects.toThrow('away');
  });

  test('a clock set back does not leave an installation without a key', async () => {
    const { keys, clock, database } = await newProvider();
    const { kid } = await keys.current('ES256');
    clock.time = start - 3600;
    expect((await keys.current('ES256')).kid).toBe(kid);
    expect((await processOn(database, clock).current('ES256')).kid).toBe(kid);
  });

  test('the version of the key set changes when its keys do, and only then', async () => {
    const { keys, clock } = await newProvider();
    const { version } = await keys.jwks();
    clock.time += 100;
    expect((await keys.jwks()).version).toBe(version);
    await keys.rotate({ alg: 'ES256' });
    expect((await keys.jwks()).version).not.toBe(version);
  });

  test('keys sealed with another secret key are refused in one clear sentence, and none are made instead', async () => {
    const { keys, database, clock } = await newProvider();
    const { kid } = await keys.current('ES256');
    const foreign = processOn(database, clock, createSecretKey(Buffer.alloc(32, 2), randomBytes));
    const sentence = `The signing key ${kid} does not open: it was sealed with another secret key.`;
    await expect(foreign.current('ES256')).rejects.toThrow(sentence);
    await expect(foreign.current('RS256')).rejects.toThrow(sentence);
    await expect(foreign.jwks()).rejects.toThrow(sentence);
    expect(await keys.list()).toHaveLength(1);
  });

  test('two sealed keys whose rows were swapped do not open', async () => {
    const { keys, database, clock } = await newProvider();
    await keys.jwks();
    const rows = await database.all<{ kid: string; sealed_private_jwk: string }>(
      sql`SELECT kid, sealed_private_jwk FROM signing_keys`,
    );
    const [one, other] = rows;
    await database.run(
      sql`UPDATE signing_keys SET sealed_private_jwk = ${other?.sealed_private_jwk ?? ''} WHERE kid = ${one?.kid ?? ''}`,
    );
    await expect(processOn(database, clock).jwks()).rejects.toThrow(`The signing key ${one?.kid} does not open`);
  });

  test('the database holds no private key in the clear', async () => {
    const { keys, database } = await newProvider();
    await keys.jwks();
    const text = JSON.stringify(await database.all(sql`SELECT * FROM signing_keys`));
    expect(text).not.toContain('"d"');
    expect(text).not.toContain('kty');
  });

  test('no setting and no client lets a token live longer than its key is published', () => {
    const tooLong = longestTokenSeconds + 1;
    expect(clientMetadataSchema.shape.access_token_seconds.safeParse(tooLong).success).toBe(false);
    expect(clientMetadataSchema.shape.id_token_seconds.safeParse(tooLong).success).toBe(false);
    for (const name of ['CASTELLAN_ACCESS_TOKEN_SECONDS', 'CASTELLAN_ID_TOKEN_SECONDS'])
      expect(() => readConfig({ [name]: String(tooLong) })).toThrow();
  });
});
