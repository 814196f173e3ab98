import { beforeEach, describe, expect, test } from 'vitest';
import { insertAuthorization } from '../../src/storage/authorizations.ts';
import { type ConsentRow, deleteConsent, insertConsent, replaceConsent } from '../../src/storage/consents.ts';
import { type Database, sql } from '../../src/storage/database.ts';
import { deleteSession, insertSession, renewSession, type Session } from '../../src/storage/sessions.ts';
import { disableUserRow, findUserById, insertUser, updatePassword } from '../../src/storage/users.ts';
import { engines, freshDatabaseUrl, openUntilEnd } from '../support/database.ts';

/** What begins at the very instant at which its ground is taken away must not outlive it. */
describe.each(engines)('on %s', (engine) => {
  let database: Database;
  let session: Session;
  let events = 0;
  const event = () => ({ id: `event ${events++}`, at: 1, actor: 'system', action: 'test', detail: {} });

  beforeEach(async () => {
    database = await openUntilEnd(await freshDatabaseUrl(engine));
    const { batch } = database;
    await batch([sql`INSERT INTO clients (client_id, metadata, created_at, updated_at) VALUES ('c', '{}', 1, 1)`]);
    const keys = { username: 'alice', username_key: 'alice', email: null, email_key: null };
    const noEmail = { email_verified_at: null, email_claimed_at: null };
    const phone = { phone_number: null, phone_number_verified_at: null };
    const since = {
      administrator_since: null,
      expires_at: null,
      awaits_approval_since: null,
      password_expired_at: null,
    };
    const rest = { claims: {}, groups: [], ...since, password_hash: 'old', created_at: 1 };
    await insertUser(
      database,
      { id: 'alice', ...keys, ...noEmail, ...phone, ...rest },
      { event: event(), lost: event() },
    );
    const user = await findUserById(database, 'alice');
    if (!user) throw new Error('the user was not written');
    const times = { auth_time: 1, created_at: 1, last_used_at: 1, expires_at: 1000 };
    session = { id: 's', verifier_hash: 'v', user, amr: ['pwd'], acr: '1', address: '', user_agent: '', ...times };
  });

  const authorize = (id: string, offline_at: number | null, consent?: ConsentRow) =>
    insertAuthorization(
      database,
      {
        ...{ id, client_id: 'c', user_id: 'alice', session_id: 's', scope: 'openid', claims: null, auth_time: 1 },
        ...{ amr: '[]', acr: '1', nonce: null, resource: null, offline_at, created_at: 2, expires_at: 1000 },
      },
      {
        id: `code of ${id}`,
        verifier_hash: 'v',
        redirect_uri: 'https://c',
        code_challenge: null,
        cnf: null,
        expires_at: 60,
      },
      { consent },
    );
  const alive = () => database.all(sql`SELECT id FROM authorizations WHERE revoked_at IS NULL`);
  const sessions = () => database.all(sql`SELECT id FROM sessions`);
  const rounds = Array.from({ length: 10 }, (_, index) => index);

  test('no session that begins with the old password outlives the change of the password', async () => {
    let changed_at = 1;
    for (const round of rounds) {
      const begin = (id: string) =>
        insertSession(database, { ...session, id }, { event: event(), password_changed_at: changed_at });
      const change = updatePassword(database, 'alice', `new ${round}`, { now: changed_at, event: event() });
      const [, changed] = await Promise.all([begin('a'), change, begin('b'), begin('c')]);
      expect([changed, await sessions()]).toEqual([true, []]);
      changed_at++;
    }
  });

  test('no session that is renewed with the old password outlives the change of the password', async () => {
    let changed_at = 1;
    for (const round of rounds) {
      await insertSession(database, session, { event: event() });
      const renew = () => renewSession(database, session, { event: event(), password_changed_at: changed_at });
      const change = updatePassword(database, 'alice', `new ${round}`, { now: changed_at, event: event() });
      await Promise.all([renew(), change, renew()]);
      expect(await sessions()).toEqual([]);
      changed_at++;
    }
  });

  test('no authorization that is given while its session ends outlives the session', async () => {
    for (const round of rounds) {
      await insertSession(database, session, { event: event() });
      const end = deleteSession(database, 's', { now: 2, event: event() });
      await Promise.all([authorize(`${round} a`, null), end, authorize(`${round} b`, null)]);
      expect([await sessions(), await alive()]).toEqual([[], []]);
    }
  });

  test('no authorization that is given while its consent is withdrawn stays alive', async () => {
    const consent = { user_id: 'alice', client_id: 'c', scope: 'openid', resource: '', declined: '', granted_at: 1 };
    await insertSession(database, session, { event: event() });
    for (const round of rounds) {
      expect(await insertConsent(database, consent)).toBe(true);
      const withdraw = deleteConsent(database, { user_id: 'alice', client_id: 'c', now: 2 });
      await Promise.all([authorize(`${round} a`, 2, consent), withdraw, authorize(`${round} b`, 2, consent)]);
      expect(await alive()).toEqual([]);
    }
    expect(await authorize('after', 2, consent)).toBe(false);
  });

  test('a consent that several replace at the same instant is replaced by one of them', async () => {
    const consent = { user_id: 'alice', client_id: 'c', scope: 'openid', resource: '', declined: '', granted_at: 1 };
    await insertConsent(database, consent);
    const replaced = await Promise.all(
      rounds.map((round) =>
        replaceConsent(database, { ...consent, scope: `openid ${round}` }, { before: consent, takesAway: false }),
      ),
    );
    expect(replaced.filter(Boolean)).toHaveLength(1);
    expect(await insertConsent(database, consent)).toBe(false);
  });

  test('no authorization that is given while its user is disabled stays alive, with offline access neither', async () => {
    for (const round of rounds) {
      await insertSession(database, session, { event: event() });
      const disable = disableUserRow(database, 'alice', { now: 2, event: event(), rp_id: '' });
      await Promise.all([authorize(`${round} a`, 2), disable, authorize(`${round} b`, 2)]);
      expect([await sessions(), await alive()]).toEqual([[], []]);
      await database.run(sql`UPDATE users SET disabled_at = NULL`);
    }
  });
});
