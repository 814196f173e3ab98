import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deleteOwnAccount } from '../../../src/identity/own-account.ts';
import { disableUser, findUser, listUsers, removeUser, type User } from '../../../src/identity/users.ts';
import { closeExpiredAccounts } from '../../../src/jobs/close-expired-accounts.ts';
import { deleteForgottenUsers } from '../../../src/jobs/delete-forgotten-users.ts';
import { removeIdentityProvider } from '../../../src/protocol/identity-providers/registered-providers.ts';
import { sql } from '../../../src/storage/database.ts';
import { type Console, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { actor, type Form, locationOf, type TestBrowser } from '../../support/provider.ts';
import { addPasskeyRow, addProvider, connect, takePassword } from '../../support/ways-in.ts';

let house: Console;
const accessOf = ({ id }: User): string => `/admin/users/${id}/access`;
const addAdministrator = (username: string, more = {}) =>
  house.addUser({ username, email: `${username}@example.com`, administrator: true, ...more });
const administers = async ({ id }: User) => {
  const user = await findUser(house.context, id);
  return user?.administrator === true && !user.disabled;
};
const deleteOwn = (browser: TestBrowser, username: string) => browser.post('/account/data/delete', { username });

describe.each(engines)('the last administrator, on %s,', (engine) => {
  beforeEach(async () => {
    house = await startConsole({ databaseUrl: await freshDatabaseUrl(engine) });
  });
  afterEach(() => house.close());

  const ada = () => house.administrator;
  const never = new AbortController().signal;
  const roads: readonly [string, () => Promise<unknown>][] = [
    ['demoted in the console', () => house.admin.post(`${accessOf(ada())}/administrator`, { administrator: 'false' })],
    ['disabled in the console', () => house.admin.post(`${accessOf(ada())}/disable`, {})],
    ['removed in the console', () => house.admin.post(`${accessOf(ada())}/remove`, {})],
    [
      'given a last day in the console',
      () => house.admin.post(`/admin/users/${ada().id}`, { username: 'ada', expires_at: '2020-01-01' }),
    ],
    ['removed by its owner', () => deleteOwn(house.admin, 'ada')],
    ['disabled by command', () => disableUser(house.context, ada().id, { id: 'command' }).catch(() => undefined)],
    ['removed by command', () => removeUser(house.context, ada().id, { id: 'command' }).catch(() => undefined)],
    ['ended by the job that closes what has expired', () => closeExpiredAccounts.run(house.context, never)],
    ['removed by the job that forgets who waits', () => deleteForgottenUsers.run(house.context, never)],
  ];
  test.each(roads)('is not %s', async (_road, take) => {
    await take();
    expect(await administers(ada())).toBe(true);
    expect((await house.admin.get('/admin')).statusCode).toBe(200);
  });

  test.each(roads.slice(0, 7))('is not %s when all others could not sign in', async (_road, take) => {
    await addAdministrator('without-password', { password: undefined });
    await addPasskeyRow(house, await addAdministrator('former-host', { password: undefined }), 'former.example');
    const waiting = await addAdministrator('waiting');
    await house.context.database.run(
      sql`UPDATE users SET awaits_approval_since = ${house.clock.now} WHERE id = ${waiting.id}`,
    );
    const disabled = await addAdministrator('disabled');
    await disableUser(house.context, disabled.id, actor);
    await take();
    expect(await administers(ada())).toBe(true);
  });

  test('who could not go for that reason reads what to do', async () => {
    await addAdministrator('bea', { password: undefined });
    const answer = await house.admin.post(`${accessOf(ada())}/disable`, {});
    expect(textOf(await house.admin.follow(answer))).toContain('give another one a password first');
    expect(textOf(await house.admin.get('/account/data'))).toContain('only administrator');
  });

  test('may go once another one can sign in, by whichever way', async () => {
    const bea = await addAdministrator('bea', { password: undefined });
    await addPasskeyRow(house, bea);
    await house.admin.post(`${accessOf(ada())}/administrator`, { administrator: 'false' });
    expect([await administers(ada()), await administers(bea)]).toEqual([false, true]);
  });

  test('who cannot sign in may go, for nothing is lost', async () => {
    const bea = await addAdministrator('bea', { password: undefined });
    await takePassword(house, ada());
    expect(locationOf(await house.admin.post(`${accessOf(bea)}/remove`, {}))).toBe('/admin/users');
    expect(await administers(ada())).toBe(true);
  });

  test('ordinary people come and go even when no administrator can sign in', async () => {
    const alice = await house.addUser();
    await takePassword(house, ada());
    await house.admin.post(`${accessOf(alice)}/disable`, {});
    expect(await findUser(house.context, alice.id)).toMatchObject({ disabled: true });
  });

  const acts: readonly [string, Form][] = [
    ['administrator', { administrator: 'false' }],
    ['disable', {}],
    ['remove', {}],
  ];
  test.each(acts.flatMap((mine) => acts.map((theirs) => [mine[0], theirs[0], mine, theirs] as const)))(
    'is who wins when two administrators take it from each other at the same instant: %s and %s',
    async (_mine, _theirs, mine, theirs) => {
      const bea = await addAdministrator('bea');
      const beas = house.browser();
      await beas.signIn('bea');
      await Promise.all([
        house.admin.post(`${accessOf(bea)}/${mine[0]}`, mine[1]),
        beas.post(`${accessOf(ada())}/${theirs[0]}`, theirs[1]),
      ]);
      expect([await administers(ada()), await administers(bea)].filter(Boolean)).toHaveLength(1);
    },
  );

  test('is who stays of six that delete their own accounts at the same instant', async () => {
    const others = await Promise.all(['b1', 'b2', 'b3', 'b4', 'b5'].map((name) => addAdministrator(name)));
    await Promise.allSettled(
      [ada(), ...others].map((user) => deleteOwnAccount(house.context, user, user.username, actor)),
    );
    const left = await listUsers(house.context, { limit: 10 });
    expect(left.filter(({ administrator }) => administrator)).toHaveLength(1);
  });

  describe('who signs in through a provider', () => {
    beforeEach(async () => {
      for (const name of ['one', 'two']) await addProvider(house, name);
      await connect(house, ada(), 'one');
      await takePassword(house, ada());
    });

    const isThere = async (name: string) =>
      (await house.context.database.get(
        sql`SELECT name FROM identity_providers WHERE name = ${name} AND disabled_at IS NULL`,
      )) !== undefined;

    test.each([
      ['disabled', 'disable', { asked: 'true' }],
      ['removed', 'remove', {}],
    ])('does not lose it: it is not %s', async (_what, act, form) => {
      const answer = await house.admin.post(`/admin/identity-providers/one/${act}`, form);
      expect(textOf(await house.admin.follow(answer))).toContain('No administrator could sign in any more');
      expect(await isThere('one')).toBe(true);
      await house.admin.post(`/admin/identity-providers/two/${act}`, form);
      expect(await isThere('two')).toBe(false);
    });

    test('may lose it once another administrator can sign in', async () => {
      await addAdministrator('bea');
      await house.admin.post('/admin/identity-providers/one/remove', {});
      expect(await isThere('one')).toBe(false);
    });

    test('keeps one of two that are removed at the same instant', async () => {
      const bea = await addAdministrator('bea');
      await connect(house, bea, 'two');
      await takePassword(house, bea);
      const outcomes = await Promise.allSettled(
        ['one', 'two'].map((name) => removeIdentityProvider(house.context, name, actor)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
});
