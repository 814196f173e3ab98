import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/identity/audit.ts';
import { claimsForScope } from '../../src/identity/claims.ts';
import { findSession, startSession } from '../../src/identity/sessions.ts';
import { isSetupDone } from '../../src/identity/setup.ts';
import {
  createUser,
  disableUser,
  enableUser,
  findUser,
  findUserByLogin,
  listUsers,
  removeUser,
  setPassword,
  type User,
  type UserChanges,
  UserError,
  updateUser,
} from '../../src/identity/users.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, startProvider } from '../support/provider.ts';

describe.each(engines)('people on %s', (engine) => {
  let provider: Provider;
  let context: Provider['context'];
  beforeEach(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    ({ context } = provider);
  });
  afterEach(() => provider.close());

  const add = (username: string, more: Record<string, unknown> = {}): Promise<User> =>
    createUser(context, { username, email: `${username}@example.com`, ...more }, actor);
  const signIn = (user: User, more: Record<string, unknown> = {}) =>
    startSession(context, { user, amr: ['pwd'], address: '192.0.2.1', user_agent: 'Test', ...more });

  test('what is stored comes back, markup, emoji and line separators included', async () => {
    const user = {
      username: 'Anna',
      email: 'Anna@Example.com',
      email_verified: true,
      phone_number: '+1 425 555 1212',
      phone_number_verified: true,
      claims: { name: '<img src=x onerror=alert(1)>', nickname: '🦊', address: { country: 'FR' }, level: 3 },
      groups: ['staff', 'admins'],
    };
    const { id, ...made } = await createUser(context, user, actor);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(made).toEqual({
      ...user,
      groups: ['admins', 'staff'],
      hasPassword: false,
      administrator: false,
      disabled: false,
      mustChangePassword: false,
      claimsEmail: false,
      awaitsApproval: false,
      created_at: provider.clock.now,
      updated_at: provider.clock.now,
    });
  });

  test.each(['anna', 'ANNA', ' Anna ', 'anna@example.com', 'Anna@EXAMPLE.com', 'ａｎｎａ'])(
    'a person is found by %j',
    async (login) => {
      const { id } = await add('Anna', { email: 'anna@example.com' });
      expect((await findUserByLogin(context, login))?.id).toBe(id);
    },
  );

  test.each(['', ' ', 'ann', 'anna\0', '%', 'anna@example.co', '\ud800', "' OR 1=1 --", 'x'.repeat(5000)])(
    'nobody is found by %j',
    async (login) => {
      await add('anna');
      expect(await findUserByLogin(context, login)).toBeUndefined();
    },
  );

  test.each([
    ['user name in other case', { username: 'ANNA', email: 'other@example.com' }, 'This user name is taken.'],
    ['full-width user name', { username: 'ａｎｎａ', email: 'other@example.com' }, 'This user name is taken.'],
    [
      'e-mail address in other case',
      { username: 'bob', email: 'ANNA@example.com' },
      'Another user has this e-mail address.',
    ],
    [
      'e-mail address as user name',
      { username: 'anna@example.com', email: 'anna@example.com' },
      'This user name is taken.',
    ],
  ])('a second user with the same %s is refused', async (_, second, sentence) => {
    await add('anna');
    await expect(createUser(context, second, actor)).rejects.toThrow(sentence);
    const bob = await add('bobby');
    await expect(updateUser(context, bob.id, second, actor)).rejects.toThrow(sentence);
  });

  test('of 20 users made at the same instant with one name, one is made and 19 are refused in a sentence', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => add('anna')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(UserError);
    expect(await listUsers(context, { limit: 100 })).toHaveLength(1);
  });

  test('a change keeps what it does not name, takes away what it sets to null, and says when it happened', async () => {
    const { id } = await add('anna', { phone_number: '+1 425 555 1212', claims: { name: 'Anna' }, groups: ['a', 'b'] });
    provider.clock.advance(60);
    const changed = await updateUser(context, id, { phone_number: null, groups: ['c'] }, actor);
    expect(changed).toMatchObject({ email: 'anna@example.com', claims: { name: 'Anna' }, groups: ['c'] });
    expect(changed.phone_number).toBeUndefined();
    expect(claimsForScope(changed, ['profile']).updated_at).toBe(provider.clock.now);
  });

  test('a new e-mail address is not verified because the old one was', async () => {
    const { id } = await add('anna', { email_verified: true });
    expect((await updateUser(context, id, { claims: {} }, actor)).email_verified).toBe(true);
    expect((await updateUser(context, id, { email: 'new@example.com' }, actor)).email_verified).toBe(false);
  });

  test('a user name that is the e-mail address cannot stay when the address goes', async () => {
    const { id } = await add('anna@example.com', { email: 'anna@example.com' });
    await expect(updateUser(context, id, { email: 'new@example.com' }, actor)).rejects.toThrow('may contain @ only');
  });

  describe('the last administrator', () => {
    const sentence = 'This is the last administrator: make somebody else an administrator first.';

    test.each<[string, (id: string) => Promise<unknown>]>([
      ['removed', (id) => removeUser(context, id, actor)],
      ['disabled', (id) => disableUser(context, id, actor)],
      ['demoted', (id) => updateUser(context, id, { administrator: false }, actor)],
    ])('is not %s', async (_, act) => {
      const { id } = await add('anna', { administrator: true });
      const disabled = await add('bob', { administrator: true });
      await disableUser(context, disabled.id, actor);
      const { token } = await signIn(await userOf(id));
      await expect(act(id)).rejects.toThrow(sentence);
      expect(await findUser(context, id)).toMatchObject({ administrator: true, disabled: false });
      expect(await findSession(context, token)).toBeDefined();
    });

    test('is kept when all administrators are demoted, disabled and removed at the same instant', async () => {
      const all = await Promise.all(
        ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map((name) => add(name, { administrator: true })),
      );
      const outcomes = await Promise.allSettled(
        all.map(({ id }, index) => {
          if (index % 3 === 0) return updateUser(context, id, { administrator: false }, actor);
          return index % 3 === 1 ? disableUser(context, id, actor) : removeUser(context, id, actor);
        }),
      );
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      const left = await listUsers(context, { limit: 100 });
      expect(left.filter(({ administrator, disabled }) => administrator && !disabled)).toHaveLength(1);
    });

    test.each<[string, UserChanges]>([
      ['a right', { administrator: false }],
      ['groups', { groups: [] }],
      ['an address', { email: null }],
      ['a last day', { administrator: false, expires_at: 2_000_000_000 }],
    ])('%s taken away does not come back with a name changed at the same instant', async (_, changes) => {
      await add('bob', { administrator: true });
      const { id } = await add('anna', { administrator: true, groups: ['staff'] });
      const names = Array.from({ length: 5 }, (_each, index) =>
        updateUser(context, id, { claims: { name: `Anna ${index}` } }, actor),
      );
      await Promise.all([...names, updateUser(context, id, changes, actor)]);
      const { groups, administrator, email = null, expires_at, claims } = await userOf(id);
      expect({ groups, administrator, email, expires_at }).toMatchObject(changes);
      expect(claims.name).toMatch(/^Anna \d$/);
    });

    test('may be followed by another', async () => {
      const anna = await add('anna', { administrator: true });
      await add('bob', { administrator: true });
      await removeUser(context, anna.id, actor);
      expect(await findUser(context, anna.id)).toBeUndefined();
    });

    test('once there has been an administrator setup is done for good', async () => {
      const anna = await add('anna');
      expect(await isSetupDone(context)).toBe(false);
      await disableUser(context, anna.id, actor);
      await enableUser(context, anna.id, actor);
      await updateUser(context, anna.id, { administrator: true }, actor);
      expect(await isSetupDone(context)).toBe(true);
    });
  });

  const userOf = async (id: string): Promise<User> => {
    const user = await findUser(context, id);
    if (!user) throw new Error('no such user');
    return user;
  };

  test('a disabled user has no session any more and gets none, until enabled again', async () => {
    const anna = await add('anna');
    const { token } = await signIn(anna);
    await disableUser(context, anna.id, actor);
    expect(await findSession(context, token)).toBeUndefined();
    await expect(signIn(anna)).rejects.toThrow('Sign in again.');
    await enableUser(context, anna.id, actor);
    expect(await findSession(context, token)).toBeUndefined();
    expect(await findSession(context, (await signIn(anna)).token)).toBeDefined();
  });

  test('a removed user is gone with the sessions, and the next of the same name is somebody else', async () => {
    const anna = await add('anna');
    const { token } = await signIn(anna);
    await removeUser(context, anna.id, actor);
    expect(await findSession(context, token)).toBeUndefined();
    expect((await add('anna')).id).not.toBe(anna.id);
    await expect(removeUser(context, anna.id, actor)).rejects.toThrow('There is no such user.');
  });

  test('a new password ends every session but the one that is kept', async () => {
    const anna = await add('anna', { password: 'correct horse battery' });
    const [kept, other] = [await signIn(anna), await signIn(anna)];
    await setPassword(context, anna, 'another horse battery', actor, { keepSession: kept.session.id });
    expect(await findSession(context, kept.token)).toBeDefined();
    expect(await findSession(context, other.token)).toBeUndefined();
    await setPassword(context, anna, 'a third horse battery', actor);
    expect(await findSession(context, kept.token)).toBeUndefined();
  });

  test('a sign-in with the password of before starts no session once the new one is set, within the same second', async () => {
    const anna = await add('anna', { password: 'correct horse battery' });
    const password_changed_at = provider.clock.now;
    await setPassword(context, anna, 'another horse battery', actor);
    await expect(signIn(anna, { password_changed_at })).rejects.toThrow('Sign in again.');
    await setPassword(context, anna, 'a third horse battery', actor);
    await expect(signIn(anna, { password_changed_at: password_changed_at + 1 })).rejects.toThrow('Sign in again.');
    await expect(signIn(anna, { password_changed_at: password_changed_at + 2 })).resolves.toBeDefined();
  });

  test('a weak password is refused and the old one stays', async () => {
    const anna = await add('anna', { password: 'correct horse battery' });
    await expect(setPassword(context, anna, 'password123', actor)).rejects.toMatchObject({ member: 'password' });
    await expect(add('bob', { password: 'bob@example.com' })).rejects.toMatchObject({ member: 'password' });
    expect(await findUserByLogin(context, 'bob')).toBeUndefined();
  });

  test('the list goes page by page in the order of names, and is searched as text, not as a pattern', async () => {
    for (const username of ['carl', 'Anna', 'bob', 'd_e', 'dxe', '100%'])
      await add(username, { claims: { name: `${username} Smith` } });
    const names = async (filter: { search?: string; after?: string; limit?: number }) =>
      (await listUsers(context, { limit: 100, ...filter })).map(({ username }) => username);
    expect(await names({ limit: 2 })).toEqual(['100%', 'Anna']);
    expect(await names({ after: 'Anna', limit: 2 })).toEqual(['bob', 'carl']);
    expect(await names({ search: 'd_e' })).toEqual(['d_e']);
    expect(await names({ search: '%' })).toEqual(['100%']);
    expect(await names({ search: 'BOB@example' })).toEqual(['bob']);
    expect(await names({ search: 'anna smith' })).toEqual(['Anna']);
    expect(await names({ search: "'; DROP TABLE users; --" })).toEqual([]);
  });

  test('every change is in the audit log with who made it', async () => {
    const anna = await add('anna');
    const by = { id: 'command', address: '192.0.2.9', request_id: 'r1' };
    await updateUser(context, anna.id, { groups: ['a'], email: 'x@example.com' }, by);
    await setPassword(context, anna, 'correct horse battery', by);
    await disableUser(context, anna.id, by);
    await enableUser(context, anna.id, by);
    await removeUser(context, anna.id, by);
    const events = await listEvents(context, { limit: 100, target: anna.id });
    expect(events.map(({ action }) => action).sort()).toEqual([
      ...['user.created', 'user.disabled', 'user.enabled', 'user.password-changed', 'user.removed', 'user.updated'],
    ]);
    const updated = events.find(({ action }) => action === 'user.updated');
    expect(updated).toMatchObject({ actor: 'command', address: '192.0.2.9', request_id: 'r1' });
    expect(updated?.detail).toEqual({ changed: 'email groups' });
    expect(JSON.stringify(events)).not.toContain('horse');
  });
});
