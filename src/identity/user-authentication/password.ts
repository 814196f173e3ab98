import { upgradePasswordHash } from '../../storage/users.ts';
import { normalisePassword } from './password-policy.ts';
import type { TypedMethod } from './user-authentication-method.ts';

/** Something that the person knows. Hashes once for each guess, whoever it is for and whatever it holds. */
export const password: TypedMethod = {
  name: 'password',
  title: 'Password',
  amr: ['pwd'],
  factors: ['first'],
  isEnrolled: (_context, user) => user.hasPassword,
  async verify(context, candidate, presented) {
    const { passwordHasher, database } = context;
    const normalised = normalisePassword(presented);
    const stored = normalised === undefined ? undefined : candidate?.password_hash;
    const isRight = await passwordHasher.verify(normalised ?? '', stored);
    if (isRight && candidate && stored !== undefined && normalised !== undefined && passwordHasher.needsUpgrade(stored))
      await upgradePasswordHash(database, candidate.user.id, {
        from: stored,
        to: await passwordHasher.hash(normalised),
      });
    return isRight;
  },
};
