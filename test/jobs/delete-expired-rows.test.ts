import { afterEach, describe, expect, test } from 'vitest';
import { recordEvent } from '../../src/identity/audit.ts';
import { deleteOldReplays } from '../../src/jobs/delete-expired-replays.ts';
import { deleteExpiredRows } from '../../src/jobs/delete-expired-rows.ts';
import { newId } from '../../src/lib/split-token.ts';
import { type Sql, sql } from '../../src/storage/database.ts';
import { purgeLimit } from '../../src/storage/purge.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, startProvider } from '../support/provider.ts';

const day = 86_400;
const start = 1_790_000_000;
let provider: Provider;
afterEach(() => provider.close());

const run = (signal = new AbortController().signal) => deleteExpiredRows.run(provider.context, signal);
const all = (statement: Sql) => provider.context.database.all<Record<string, unknown>>(statement);
const write = (statement: Sql) => provider.context.database.run(statement);

/** An id as one made `secondsAgo`. */
const idMade = (secondsAgo = 0) => newId({ ...provider.context, now: () => start - secondsAgo });

async function prepare(engine: (typeof engines)[number]) {
  provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine), now: start });
  const user = await provider.addUser();
  const client = await provider.register();
  return { user_id: user.id, client_id: client.client_id };
}
type People = Awaited<ReturnType<typeof prepare>>;

async function addAuthorization({ user_id, client_id }: People, expires_at: number): Promise<string> {
  const id = idMade();
  await write(sql`
    INSERT INTO authorizations (id, client_id, user_id, session_id, scope, auth_time, amr, acr, created_at, expires_at)
    VALUES (${id}, ${client_id}, ${user_id}, 'session', 'openid', ${start}, '["pwd"]', 'acr', ${start}, ${expires_at})`);
  return id;
}

async function addCode({ client_id }: People, authorization_id: string, expires_at: number): Promise<string> {
  const id = idMade(start + 60 - expires_at);
  await write(sql`
    INSERT INTO authorization_codes (id, verifier_hash, authorization_id, client_id, redirect_uri, expires_at)
    VALUES (${id}, 'hash', ${authorization_id}, ${client_id}, 'https://app.example/callback', ${expires_at})`);
  return id;
}

async function addRefreshToken({ client_id }: People, authorization_id: string, expires_at: number): Promise<string> {
  const id = idMade();
  await write(sql`
    INSERT INTO refresh_tokens (id, verifier_hash, authorization_id, client_id, created_at, expires_at)
    VALUES (${id}, 'hash', ${authorization_id}, ${client_id}, ${start}, ${expires_at})`);
  return id;
}

describe.each(engines)('on %s', (engine) => {
  test('a code is forgotten an hour after it ended, and its authorization stays', async () => {
    const people = await prepare(engine);
    const authorization = await addAuthorization(people, start + day);
    await addCode(people, authorization, start - 5000);
    const recent = await addCode(people, authorization, start - 3000);
    const live = await addCode(people, authorization, start + 60);
    await run();
    const kept = await all(sql`SELECT id FROM authorization_codes`);
    expect(kept.map(({ id }) => id).toSorted()).toEqual([recent, live].toSorted());
    expect(await all(sql`SELECT id FROM authorizations`)).toEqual([{ id: authorization }]);
  });

  test('a pushed request goes when no sign-in that began with it can still be finished', async () => {
    const { client_id } = await prepare(engine);
    const add = async (expires_at: number) => {
      const id = idMade(start + 90 - expires_at);
      await write(sql`
        INSERT INTO pushed_authorization_requests (id, verifier_hash, client_id, counted_under, parameters, sender,
                                                   expires_at)
        VALUES (${id}, 'hash', ${client_id}, ${client_id}, '{}', '', ${expires_at})`);
      return id;
    };
    await add(start - 3700);
    const mayBeFinished = await add(start - 3600);
    const live = await add(start + 90);
    await run();
    const kept = await all(sql`SELECT id FROM pushed_authorization_requests`);
    expect(kept.map(({ id }) => id).toSorted()).toEqual([mayBeFinished, live].toSorted());
  });

  test('expired refresh tokens go wherever they stand among live ones', async () => {
    const people = await prepare(engine);
    const authorization = await addAuthorization(people, start + day);
    const live: string[] = [];
    for (let i = 0; i < 12; i++) {
      const id = await addRefreshToken(people, authorization, i % 3 === 0 ? start + day : start - 100);
      if (i % 3 === 0) live.push(id);
    }
    await run();
    const kept = await all(sql`SELECT id FROM refresh_tokens`);
    expect(kept.map(({ id }) => id).toSorted()).toEqual(live.toSorted());
  });

  test('an authorization goes with all that hangs from it once it has ended, unless a refresh token still lives', async () => {
    const people = await prepare(engine);
    const ended = await addAuthorization(people, start - 100);
    await addRefreshToken(people, ended, start - 100);
    await addCode(people, ended, start - 30);
    const withLiveToken = await addAuthorization(people, start - 100);
    await addRefreshToken(people, withLiveToken, start + 100);
    const live = await addAuthorization(people, start + 1);
    await run();
    const kept = await all(sql`SELECT id FROM authorizations`);
    expect(kept.map(({ id }) => id).toSorted()).toEqual([withLiveToken, live].toSorted());
    expect(await all(sql`SELECT id FROM authorization_codes`)).toEqual([]);
  });

  test('sessions, links, throttles and revocations go when they can no longer matter', async () => {
    const { user_id } = await prepare(engine);
    for (const [id, expires_at] of [
      ['ended', start - 61],
      ['live', start],
    ] as const) {
      await write(sql`
        INSERT INTO sessions (id, verifier_hash, user_id, auth_time, amr, acr, address, user_agent, created_at,
                              last_used_at, expires_at)
        VALUES (${id}, 'hash', ${user_id}, 0, '[]', 'acr', '', '', 0, 0, ${expires_at})`);
      await write(sql`
        INSERT INTO links (id, verifier_hash, purpose, created_at, expires_at)
        VALUES (${id}, 'hash', 'setup', 0, ${expires_at})`);
      await write(sql`INSERT INTO revoked_access_tokens (jti, expires_at) VALUES (${id}, ${expires_at})`);
    }
    for (const [key, refused_until, updated_at] of [
      ['rested', start - day, start - 2 * day],
      ['recent', start - day, start - 100],
      ['refusing', start + 100, start - 2 * day],
    ] as const)
      await write(sql`
        INSERT INTO throttles (key, attempts, refused_until, updated_at)
        VALUES (${key}, 1, ${refused_until}, ${updated_at})`);
    await run();
    expect(await all(sql`SELECT id FROM sessions`)).toEqual([{ id: 'live' }]);
    expect(await all(sql`SELECT id FROM links`)).toEqual([{ id: 'live' }]);
    expect(await all(sql`SELECT jti FROM revoked_access_tokens`)).toEqual([{ jti: 'live' }]);
    expect(await all(sql`SELECT key FROM throttles ORDER BY key`)).toEqual([{ key: 'recent' }, { key: 'refusing' }]);
  });

  test('a signing key goes when even an expired ID Token that it signed is no hint any more', async () => {
    await prepare(engine);
    const { signingKeys } = provider.context;
    const old = await signingKeys.current('ES256');
    await signingKeys.rotate({ alg: 'ES256', immediately: true });
    provider.clock.advance(31 * day);
    await run();
    expect(await signingKeys.verificationKey(old.kid)).toBeDefined();
    provider.clock.advance(180);
    await run();
    expect((await signingKeys.list()).map(({ state }) => state)).toEqual(['current']);
  });

  test('what was used once is forgotten when its time has passed everywhere, however much there is', async () => {
    await prepare(engine);
    const many = purgeLimit * 2 + 1;
    await write(sql`
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${many})
      INSERT INTO replays (key, expires_at) SELECT 'old ' || n, ${start - 61} FROM counter`);
    await write(sql`INSERT INTO replays (key, expires_at) VALUES ('recent', ${start - 10})`);
    await deleteOldReplays.run(provider.context, new AbortController().signal);
    expect(await all(sql`SELECT key FROM replays`)).toEqual([{ key: 'recent' }]);
  });

  test('the audit log forgets an event after a year, in portions, and with AUDIT_LOG_SECONDS=0 never', async () => {
    await prepare(engine);
    const insert = (n: number) =>
      write(sql`
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${n})
      INSERT INTO audit_events (id, at, actor, action, detail)
      SELECT ${idMade(day).slice(0, 20)} || n, ${start - day}, 'system', 'test', '{}' FROM counter`);
    await insert(purgeLimit * 2 + 1);
    provider.clock.advance(364 * day);
    await recordEvent(provider.context, actor, 'still.young', undefined);
    await run();
    const count = async () => (await all(sql`SELECT id FROM audit_events WHERE action = 'test'`)).length;
    expect(await count()).toBe(purgeLimit * 2 + 1);
    provider.clock.advance(61);
    const { config } = provider.context;
    const forEver = { ...config, lifetimes: { ...config.lifetimes, auditLogSeconds: 0 } };
    await deleteExpiredRows.run({ ...provider.context, config: forEver }, new AbortController().signal);
    expect(await count()).toBe(purgeLimit * 2 + 1);
    await run();
    expect(await count()).toBe(0);
    expect(await all(sql`SELECT action FROM audit_events WHERE action = 'still.young'`)).toHaveLength(1);
  });

  test('one run deletes more rows than one statement may, even when two run at once', async () => {
    await prepare(engine);
    const rows = purgeLimit * 2 + 100;
    await write(sql`
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${rows})
      INSERT INTO revoked_access_tokens (jti, expires_at) SELECT 'jti' || n, ${start - 100} FROM counter`);
    await Promise.all([run(), run()]);
    expect(await all(sql`SELECT jti FROM revoked_access_tokens`)).toEqual([]);
  });

  test('a run that is told to stop deletes nothing more', async () => {
    await prepare(engine);
    await write(sql`INSERT INTO revoked_access_tokens (jti, expires_at) VALUES ('jti', ${start - 100})`);
    await run(AbortSignal.abort());
    expect(await all(sql`SELECT jti FROM revoked_access_tokens`)).toHaveLength(1);
  });

  test('refresh tokens beyond one page are walked through to the end', async () => {
    const people = await prepare(engine);
    const authorization = await addAuthorization(people, start + day);
    const rows = purgeLimit * 2 + 1;
    await write(sql`
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${rows})
      INSERT INTO refresh_tokens (id, verifier_hash, authorization_id, client_id, created_at, expires_at)
      SELECT 'token' || (10000 + n), 'hash', ${authorization}, ${people.client_id}, 0,
             CAST(CASE WHEN n = ${rows} THEN ${start - 100} ELSE ${start + day} END AS BIGINT) FROM counter`);
    await run();
    expect(await all(sql`SELECT COUNT(*) AS n FROM refresh_tokens`)).toEqual([{ n: rows - 1 }]);
  });
});
