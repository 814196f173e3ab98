import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  endSession,
  endSessionsOf,
  findSession,
  listSessions,
  type SessionStart,
  startSession,
} from '../../src/identity/sessions.ts';
import { createUser, disableUser, type User } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, startProvider } from '../support/provider.ts';

describe.each(engines)('sessions on %s', (engine) => {
  let provider: Provider;
  let context: Provider['context'];
  let anna: User;
  beforeEach(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    ({ context } = provider);
    anna = await createUser(context, { username: 'anna' }, actor);
  });
  afterEach(() => provider.close());

  const start = (more: Partial<SessionStart> = {}) =>
    startSession(context, { user: anna, amr: ['pwd'], address: '192.0.2.1', user_agent: 'Test', ...more });
  const day = 86_400;

  test('a session is found by its token with the user as the user is now', async () => {
    const { session, token } = await start();
    expect(session).toMatchObject({ auth_time: provider.clock.now, amr: ['pwd'], acr: 'urn:castellan:acr:one-factor' });
    expect(await findSession(context, token)).toEqual(session);
  });

  test('only the hash of a token is stored', async () => {
    const { token } = await start();
    const verifier = Buffer.from(token, 'base64url').subarray(16);
    const rows = JSON.stringify(await context.database.all(sql`SELECT * FROM sessions`));
    for (const form of [token, verifier.toString('hex'), verifier.toString('base64url')])
      expect(rows).not.toContain(form);
  });

  test.each<[string, (token: string) => string]>([
    ['empty', () => ''],
    ['cut', (token) => token.slice(0, -1)],
    ['extended', (token) => `${token}A`],
    ['padded', (token) => `${token}=`],
    ['of another verifier', (token) => `${token.slice(0, -4)}AAAA`],
    ['of another selector', (token) => `AAAA${token.slice(4)}`],
    ['in other case', (token) => token.toUpperCase()],
    ['with NUL', (token) => `${token}\0`],
    ['with a blank', (token) => ` ${token}`],
  ])('a token that is %s finds nothing', async (_, change) => {
    const { token } = await start();
    expect(await findSession(context, change(token))).toBeUndefined();
    expect(await findSession(context, token)).toBeDefined();
  });

  test('a session is over 14 days after its last use, to the second, and stays so when the clock goes back', async () => {
    const { token } = await start();
    provider.clock.advance(14 * day - 1);
    expect(await findSession(context, token)).toBeDefined();
    provider.clock.advance(14 * day - 1);
    expect(await findSession(context, token)).toBeDefined();
    const { token: other } = await start();
    provider.clock.advance(14 * day);
    expect(await findSession(context, other)).toBeUndefined();
    provider.clock.advance(-14 * day);
    expect(await findSession(context, other)).toBeUndefined();
  });

  test('a session is over 30 days after the sign-in however much it is used, and stays so', async () => {
    const { token } = await start();
    for (let days = 0; days < 29; days++) {
      provider.clock.advance(day);
      expect(await findSession(context, token)).toBeDefined();
    }
    provider.clock.advance(day - 1);
    expect(await findSession(context, token)).toBeDefined();
    provider.clock.advance(1);
    expect(await findSession(context, token)).toBeUndefined();
    provider.clock.advance(-2 * day);
    expect(await findSession(context, token)).toBeUndefined();
  });

  test('its use is noted every five minutes at most', async () => {
    const { token } = await start();
    const lastUse = async () => (await listSessions(context, anna.id))[0]?.last_used_at;
    const begin = provider.clock.now;
    provider.clock.advance(299);
    await findSession(context, token);
    expect(await lastUse()).toBe(begin);
    provider.clock.advance(1);
    await findSession(context, token);
    expect(await lastUse()).toBe(begin + 300);
  });

  test('the same person signing in again keeps the id under a new token, and the old token is dead', async () => {
    const before = await start();
    provider.clock.advance(100);
    const after = await start({ replaces: before.session });
    expect(after.session.id).toBe(before.session.id);
    expect(after.session.auth_time).toBe(before.session.auth_time + 100);
    expect(after.session.created_at).toBe(before.session.created_at);
    expect(await findSession(context, before.token)).toBeUndefined();
    expect(await findSession(context, after.token)).toEqual(after.session);
  });

  test('somebody else signing in takes nothing over of the session of before, which stays as it is', async () => {
    const bob = await createUser(context, { username: 'bob' }, actor);
    const before = await start();
    const after = await start({ user: bob, replaces: before.session });
    expect(after.session.id).not.toBe(before.session.id);
    expect(await findSession(context, before.token)).toEqual(before.session);
    expect((await findSession(context, after.token))?.user.id).toBe(bob.id);
  });

  test('a session that is only looked at is not kept alive by it', async () => {
    const { token } = await start();
    const half = provider.config.lifetimes.sessionIdleSeconds / 2;
    provider.clock.advance(half);
    expect(await findSession(context, token, { lookedAt: true })).toBeDefined();
    provider.clock.advance(half);
    expect(await findSession(context, token, { lookedAt: true })).toBeUndefined();
  });

  test('signing in again after the session has ended makes a new one', async () => {
    const { session } = await start();
    await endSession(context, session.id);
    const after = await start({ replaces: session });
    expect(after.session.id).not.toBe(session.id);
    expect(await findSession(context, after.token)).toBeDefined();
  });

  test('signing in again does not bring a disabled user back', async () => {
    const { session } = await start();
    await disableUser(context, anna.id, actor);
    await expect(start({ replaces: session })).rejects.toThrow('Sign in again.');
    expect(await listSessions(context, anna.id)).toEqual([]);
  });

  test('ending one session leaves the others, ending all leaves the one to keep', async () => {
    const [first, second, third] = [await start(), await start(), await start()];
    await endSession(context, first.session.id);
    await endSession(context, first.session.id);
    expect(await findSession(context, first.token)).toBeUndefined();
    expect(await findSession(context, second.token)).toBeDefined();
    await endSessionsOf(context, anna.id, actor, { keepSession: third.session.id });
    expect((await listSessions(context, anna.id)).map(({ id }) => id)).toEqual([third.session.id]);
  });

  test('what a browser says of itself is stored as one bounded line', async () => {
    const { session, token } = await start({ user_agent: `Evil\r\n\u001b[31m\u202e\0\ud800${'x'.repeat(5000)}` });
    expect(session.user_agent).toMatch(/^Evil[ -~\ufffd]{1,252}$/);
    expect((await findSession(context, token))?.user_agent).toBe(session.user_agent);
  });
});
