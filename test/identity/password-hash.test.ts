import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPasswordHasher } from '../../src/identity/user-authentication/password-hash.ts';
import { OAuthError } from '../../src/lib/errors.ts';

const cheap = { memory: 64, passes: 1, lanes: 1 };
const hasher = createPasswordHasher({ randomBytes, cost: cheap });

describe('passwords are stored as argon2id', () => {
  test('with 19 MiB, 2 passes and 1 lane unless told otherwise, as a PHC string', async () => {
    const hash = await createPasswordHasher({ randomBytes }).hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('each with its own salt', async () => {
    expect(await hasher.hash('correct horse')).not.toBe(await hasher.hash('correct horse'));
  });

  test('a hash made elsewhere is verified with its own parameters', async () => {
    // From the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1, password "password".
    const foreign = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await hasher.verify('password', foreign)).toBe(true);
    expect(await hasher.verify('Password', foreign)).toBe(false);
  });

  test('a weaker hash is due for an upgrade, an equal one is not', async () => {
    const strong = createPasswordHasher({ randomBytes, cost: { memory: 128, passes: 1, lanes: 1 } });
    expect(strong.needsUpgrade(await hasher.hash('x'))).toBe(true);
    expect(strong.needsUpgrade(await strong.hash('x'))).toBe(false);
    expect(hasher.needsUpgrade(await strong.hash('x'))).toBe(false);
  });
});

describe('a wrong password is refused', () => {
  test.each([
    'correct hors',
    'correct horsee',
    'correct horse ',
    ' correct horse',
    'Correct horse',
    'correct horse\0',
    '',
    '*',
    '%',
  ])('%j', async (wrong) => {
    expect(await hasher.verify(wrong, await hasher.hash('correct horse'))).toBe(false);
  });

  test('and so is every password where there is no hash', async () => {
    expect(await hasher.verify('', undefined)).toBe(false);
  });

  test.each([
    '',
    'plain',
    '$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    '$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    '$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    '$argon2id$v=19$m=8,t=1,p=9$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  ])('by a stored hash that we would not compute: %j', async (stored) => {
    expect(await hasher.verify('password', stored)).toBe(false);
  });
});

test('two hashes run at once and 64 wait; whoever comes then is told to come back, and the rest get theirs', async () => {
  const own = createPasswordHasher({ randomBytes, cost: cheap });
  const outcomes = await Promise.allSettled(Array.from({ length: 80 }, () => own.hash('correct horse')));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(14);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(OAuthError);
  for (const { reason } of refused) expect(reason).toMatchObject({ error: 'temporarily_unavailable', status: 503 });
  await expect(own.hash('correct horse')).resolves.toContain('$argon2id$');
});
