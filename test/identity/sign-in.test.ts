import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readKnownDevice, rememberUser } from '../../src/identity/known-devices.ts';
import { attemptLogin, type LoginAttempt } from '../../src/identity/user-authentication/index.ts';
import { password as method } from '../../src/identity/user-authentication/password.ts';
import { createPasswordHasher, type PasswordHasher } from '../../src/identity/user-authentication/password-hash.ts';
import { createUser, disableUser, setPassword, type User } from '../../src/identity/users.ts';
import { sql } from '../../src/storage/database.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { actor, type Provider, password, startProvider } from '../support/provider.ts';

describe.each(engines)('signing in on %s', (engine) => {
  let provider: Provider;
  let context: Provider['context'];
  let hashed: number;
  let anna: User;
  beforeEach(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
    const hasher = createPasswordHasher({ ...provider.context, cost: { memory: 64, passes: 1, lanes: 1 } });
    hashed = 0;
    const counting: PasswordHasher = {
      ...hasher,
      verify(...given) {
        hashed += 1;
        return hasher.verify(...given);
      },
    };
    context = { ...provider.context, passwordHasher: counting };
    anna = await createUser(context, { username: 'Anna', email: 'anna@example.com', password }, actor);
  });
  afterEach(() => provider.close());

  const attempt = (more: Partial<LoginAttempt> = {}) =>
    attemptLogin(context, method, {
      usernameOrEmail: 'anna',
      presented: 'wrong password',
      address: '192.0.2.1',
      device: undefined,
      ...more,
    });
  const right = { presented: password };
  /** Each from an address of its own, so that only the account's counter speaks. */
  const from = (index: number) => ({ address: `198.51.100.${index}` });
  const guessUntilThrottled = async (more: Partial<LoginAttempt> = {}) => {
    for (let index = 0; index < 5; index++)
      expect((await attempt({ ...from(index), ...more })).outcome).toBe('refused');
  };

  test.each(['anna', 'ANNA', ' anna ', 'anna@example.com', 'Anna@Example.COM', 'ａｎｎａ'])(
    'as %j works',
    async (name) => {
      expect(await attempt({ usernameOrEmail: name, ...right })).toMatchObject({
        outcome: 'authenticated',
        proof: { amr: ['pwd'] },
      });
    },
  );

  test.each<[string, Partial<LoginAttempt>]>([
    ['a wrong password', {}],
    ['an empty password', { presented: '' }],
    ['the password and a blank', { presented: `${password} ` }],
    ['the password and NUL', { presented: `${password}\0` }],
    ['the password in other case', { presented: password.toUpperCase() }],
    ['the password less one character', { presented: password.slice(0, -1) }],
    ['a pattern', { presented: '%' }],
    ['a password of 100 kB', { presented: 'x'.repeat(100_000) }],
    ['an unknown name', { usernameOrEmail: 'nobody', ...right }],
    ['no name', { usernameOrEmail: '', ...right }],
    ['SQL as name', { usernameOrEmail: "anna' --", ...right }],
    ['NUL in the name', { usernameOrEmail: 'anna\0', ...right }],
    ['a name of 5 kB', { usernameOrEmail: 'x'.repeat(5000), ...right }],
    ['zero-width characters in the name', { usernameOrEmail: 'an\u200bna', ...right }],
  ])('with %s is refused, and costs one hash as every attempt does', async (_, given) => {
    expect(await attempt(given)).toEqual({ outcome: 'refused' });
    expect(hashed).toBe(1);
  });

  test('looks at the password alone, for a disabled user too: the owner may hear of it, and nobody else', async () => {
    await disableUser(context, anna.id, actor);
    expect(await attempt(right)).toMatchObject({ outcome: 'authenticated' });
    expect(await attempt()).toEqual({ outcome: 'refused' });
    expect(hashed).toBe(2);
  });

  test('without a password is refused for a user who has none', async () => {
    await createUser(context, { username: 'bob' }, actor);
    for (const presented of ['', 'null', 'undefined'])
      expect(await attempt({ usernameOrEmail: 'bob', presented })).toEqual({ outcome: 'refused' });
  });

  test('a password works in whatever way the keyboard composes its letters', async () => {
    await setPassword(context, anna, 'gru\u0308ne A\u0308pfel', actor);
    expect((await attempt({ presented: 'grüne Äpfel' })).outcome).toBe('authenticated');
  });

  test('a hash weaker than today is replaced at the sign-in, and only then', async () => {
    const hash = async () =>
      (await context.database.get<{ password_hash: string }>(sql`SELECT password_hash FROM users`))?.password_hash;
    const strong = createPasswordHasher({ ...context, cost: { memory: 128, passes: 2, lanes: 1 } });
    context = { ...context, passwordHasher: strong };
    await attempt();
    expect(await hash()).toContain('m=64,t=1');
    const login = await attempt(right);
    expect(await hash()).toContain('m=128,t=2');
    expect(await attempt(right)).toEqual(login);
  });

  describe('guessing', () => {
    test('is refused after five guesses without a hash, then slowed down step by step, never beyond five minutes', async () => {
      await guessUntilThrottled();
      for (const seconds of [10, 30, 60, 120, 300, 300, 300]) {
        hashed = 0;
        expect(await attempt(from(99))).toEqual({ outcome: 'throttled', refusedForSeconds: seconds });
        expect(await attempt({ ...right, ...from(98) })).toMatchObject({ outcome: 'throttled' });
        expect(hashed).toBe(0);
        provider.clock.advance(seconds - 1);
        expect(await attempt(from(99))).toEqual({ outcome: 'throttled', refusedForSeconds: 1 });
        provider.clock.advance(1);
        expect(await attempt(from(97))).toEqual({ outcome: 'refused' });
      }
      provider.clock.advance(300);
      expect((await attempt(right)).outcome).toBe('authenticated');
    });

    test.each<[string, (index: number) => Partial<LoginAttempt>]>([
      ['one name', () => ({})],
      [
        'user name, address, other case and blanks in turn',
        (index) => ({ usernameOrEmail: ['anna', 'ANNA ', 'anna@example.com', 'ａnna'][index % 4] ?? '' }),
      ],
      ['a name that nobody has', () => ({ usernameOrEmail: 'nobody' })],
      [
        'an address that nobody has, in other case',
        (index) => ({ usernameOrEmail: index % 2 ? 'No@example.com' : 'no@EXAMPLE.com' }),
      ],
    ])('200 times at the same instant by %s gets five guesses', async (_, given) => {
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (__, index) => attempt({ ...from(index % 250), ...given(index) })),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(5);
      expect(outcomes.filter(({ outcome }) => outcome === 'throttled')).toHaveLength(195);
    });

    test('at one account does not slow down another', async () => {
      await guessUntilThrottled();
      await createUser(context, { username: 'bob', password }, actor);
      expect((await attempt({ usernameOrEmail: 'bob', ...right })).outcome).toBe('authenticated');
    });

    test('begins anew after the right password, and after an hour of quiet', async () => {
      for (let index = 0; index < 4; index++) await attempt(from(index));
      expect((await attempt(right)).outcome).toBe('authenticated');
      await guessUntilThrottled();
      provider.clock.advance(3600);
      await guessUntilThrottled();
    });

    test('by a stranger does not lock the owner out of a device that the owner has signed in with', async () => {
      const device = readKnownDevice(context, rememberUser(context, undefined, anna.id));
      await guessUntilThrottled();
      expect((await attempt(right)).outcome).toBe('throttled');
      expect((await attempt({ ...right, device })).outcome).toBe('authenticated');
      expect((await attempt(right)).outcome).toBe('throttled');
    });

    test('at a known device is slowed down too, and a device known for one user helps with no other', async () => {
      const device = readKnownDevice(context, rememberUser(context, undefined, anna.id));
      await guessUntilThrottled({ device });
      expect((await attempt({ ...right, device })).outcome).toBe('throttled');
      expect((await attempt(right)).outcome).toBe('authenticated');
      await guessUntilThrottled({ usernameOrEmail: 'bob', device });
      expect((await attempt({ usernameOrEmail: 'bob', device, ...from(77) })).outcome).toBe('throttled');
    });

    test('at many accounts from one address, or from one IPv6 network, is limited; other networks are not', async () => {
      for (const address of ['203.0.113.5', '2001:db8:1:2::']) {
        const outcomes = await Promise.all(
          Array.from({ length: 60 }, (_, index) =>
            attempt({
              usernameOrEmail: `user${index} ${address}`,
              address: address.endsWith(':') ? `${address}${index}` : address,
            }),
          ),
        );
        expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(50);
      }
      expect((await attempt({ ...right, address: '203.0.113.5' })).outcome).toBe('throttled');
      expect((await attempt({ ...right, address: '203.0.113.6' })).outcome).toBe('authenticated');
      expect((await attempt({ ...right, address: '2001:db8:1:3::1' })).outcome).toBe('authenticated');
    });

    test('is not forgiven by signing in to an account of one’s own from the same address', async () => {
      for (let index = 0; index < 49; index++) {
        await attempt({ usernameOrEmail: `user${index}` });
        if (index % 4 === 0) expect((await attempt(right)).outcome).toBe('authenticated');
      }
      await attempt({ usernameOrEmail: 'user49' });
      expect((await attempt({ usernameOrEmail: 'user50' })).outcome).toBe('throttled');
    });

    test('leaves behind neither names nor addresses', async () => {
      await attempt();
      await attempt({ usernameOrEmail: 'my secret typed into the wrong field' });
      const rows = await context.database.all<{ key: string }>(sql`SELECT key FROM throttles`);
      expect(rows).toHaveLength(3);
      for (const { key } of rows) expect(key).toMatch(/^[\w-]{32}$/);
    });

    test('is possible again when the clock was put back', async () => {
      await guessUntilThrottled();
      provider.clock.advance(-86_400);
      expect((await attempt(right)).outcome).toBe('authenticated');
    });
  });

  test.each(['', 'x', 'AAAA', undefined])('a cookie that we did not make knows no device: %j', (cookie) => {
    expect(readKnownDevice(context, cookie)).toBeUndefined();
  });

  test('a device knows the ten users who signed in last, in a cookie that fits', () => {
    let cookie: string | undefined;
    for (let index = 0; index < 12; index++)
      cookie = rememberUser(context, readKnownDevice(context, cookie), `${index}`.padStart(32, '0'));
    const device = readKnownDevice(context, cookie);
    expect(device?.users).toHaveLength(10);
    expect(device?.users[0]).toMatch(/11$/);
    expect(cookie).toMatch(/^[\w-]{1,1024}$/);
  });
});
