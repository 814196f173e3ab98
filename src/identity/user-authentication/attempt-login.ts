import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import { findUserByKey } from '../../storage/users.ts';
import type { KnownDevice } from '../known-devices.ts';
import { isLoginKey, loginKey } from '../login-name.ts';
import { chargeGuess, forgiveGuess, type Guess } from '../throttle.ts';
import type { Proof } from './proof.ts';
import type { Candidate, TypedMethod } from './user-authentication-method.ts';

/** Who somebody says they are, and what they present for it. */
export interface LoginAttempt {
  readonly usernameOrEmail: string;
  readonly presented: string;
  readonly address: string;
  readonly device: KnownDevice | undefined;
}

/**
 * Nothing tells a wrong password from an unknown name, neither by words nor by time. Whether the account is open is not
 * looked at: only who has proven to be its owner hears of that, from whoever would start the session.
 */
export type LoginOutcome =
  | { readonly outcome: 'authenticated'; readonly user: User; readonly proof: Proof }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly refusedForSeconds: number };

/**
 * The one way to sign in: charges the throttle before anything is verified, then verifies exactly once, whether or not
 * there is such a user. Throws temporarily_unavailable when too many sign-ins are waiting.
 */
export async function attemptLogin(
  context: Context,
  method: TypedMethod,
  attempt: LoginAttempt,
): Promise<LoginOutcome> {
  const key = loginKey(attempt.usernameOrEmail);
  const candidate = isLoginKey(key) ? await findUserByKey(context.database, key) : undefined;
  const guess = guessOf(attempt, key, candidate);
  const refusedForSeconds = await chargeGuess(context, guess);
  if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };

  const isProven = await method.verify(context, candidate, attempt.presented);
  if (!isProven || !candidate) return { outcome: 'refused' };
  await forgiveGuess(context, guess);
  const { user, password_changed_at } = candidate;
  const proof = {
    user_id: user.id,
    amr: [...method.amr],
    proven_at: context.now(),
    ...(password_changed_at !== undefined && { password_changed_at }),
  };
  return { outcome: 'authenticated', user, proof };
}

function guessOf({ address, device }: LoginAttempt, key: string, candidate: Candidate | undefined): Guess {
  if (!candidate) return { account: `unknown ${key}`, address };
  const { id } = candidate.user;
  return { account: id, address, device: device?.users.includes(id) ? device.id : undefined };
}
