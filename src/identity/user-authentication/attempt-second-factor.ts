import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import type { KnownDevice } from '../known-devices.ts';
import { chargeSecondFactorGuess, forgiveSecondFactorGuesses } from '../throttle.ts';
import type { CodeMethod } from './user-authentication-method.ts';

/** What came of a code. */
export type SecondFactorOutcome =
  | { readonly outcome: 'proven' }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly refusedForSeconds: number };

/** Looks at the code of somebody who has proven something already; the guess is charged to the account before. */
export async function attemptSecondFactor(
  context: Context,
  method: CodeMethod,
  { user, presented, device }: { user: User; presented: string; device: KnownDevice | undefined },
): Promise<SecondFactorOutcome> {
  const guess = { account: user.id, device: device?.users.includes(user.id) ? device.id : undefined };
  const refusedForSeconds = await chargeSecondFactorGuess(context, guess);
  if (refusedForSeconds !== undefined) return { outcome: 'throttled', refusedForSeconds };
  if (!(await method.verify(context, user, presented))) return { outcome: 'refused' };
  await forgiveSecondFactorGuesses(context, guess);
  return { outcome: 'proven' };
}
