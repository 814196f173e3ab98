import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import { findUserByKey } from '../../storage/users.ts';
import type { KnownDevice } from '../known-devices.ts';
import { isLoginKey, loginKey } from '../login-name.ts';
import { chargeGuess, forgiveGuess, type Guess } from '../throttle.ts';
import type { Candidate, UserAuthenticationMethod } from './user-authentication-method.ts';

/** Who somebody says they are, and what they present for it. */
export interface LoginAttempt {
  readonly usernameOrEmail: string;
  readonly presented: string;
  readonly address: string;
  readonly device: KnownDevice | undefined;
}

/** Nothing tells a wrong password from an unknown name or a disabled account, neither by words nor by time. */
export type LoginOutcome =
  | {
      readonly outcome: 'authenticated';
      readonly user: User;
      readonly amr: readonly string[];
      /** For `startSession`: a session starts only while the password is still the one of then. */
      readonly password_changed_at: number | undefined;
    }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly refusedForSeconds: number };

/**
 * The one way to sign in: charges the throttle before anything is verified, then verifies exactly once, whether or not
 * there is such a user. Throws temporarily_unavailable when too many sign-ins are waiting.
 */
export async function attemptLogin(
  context: Context,
  method: UserAuthenticationMethod,
  attempt: LoginAttempt,
): Promise<LoginOutcome> {
  const key = loginKey(attempt.usernameOrEmail);
  const candidate = isLoginKey(key) ? await findUserByKey(context.database, key) : undefined;
  const guess = guessOf(attempt, key, candidate);
  const refusedForSeconds = await chargeGuess(context, guess);
  if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };

  const isProven = await method.verify(context, candidate, attempt.presented);
  if (!isProven || !candidate || candidate.user.disabled) return { outcome: 'refused' };
  await forgiveGuess(context, guess);
  const { user, password_changed_at } = candidate;
  return { outcome: 'authenticated', user, amr: method.amr, password_changed_at };
}

function guessOf({ address, device }: LoginAttempt, key: string, candidate: Candidate | undefined): Guess {
  if (!candidate) return { account: `unknown ${key}`, address };
  const { id } = candidate.user;
  return { account: id, address, device: device?.users.includes(id) ? device.id : undefined };
}
