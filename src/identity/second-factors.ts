/** Setting up and taking away what somebody proves themselves with a second time. */
import type { Context } from '../context.ts';
import type { Sql } from '../storage/database.ts';
import { findRecoveryCodesLeft, insertRecoveryCodes, replaceRecoveryCodes } from '../storage/recovery-codes.ts';
import { deleteReserves, deleteSecondFactors } from '../storage/second-factors.ts';
import { isConstraint } from '../storage/storage-error.ts';
import {
  deleteTotpAuthenticator,
  findTotpAuthenticator,
  insertTotpAuthenticator,
} from '../storage/totp-authenticators.ts';
import { type Actor, newEvent } from './audit.ts';
import { notifyOwner } from './notices.ts';
import { rpIdOf } from './passkeys/index.ts';
import { createRecoveryLink } from './recovery.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-code.ts';
import { sealedFor, secretText, stepOf } from './totp-secret.ts';
import { enrolledSecondFactors, userAuthenticationMethods } from './user-authentication/index.ts';
import type { UserAuthenticationMethod } from './user-authentication/user-authentication-method.ts';
import type { User } from './users.ts';

/** So few unused recovery codes are worth a warning. */
export const fewRecoveryCodes = 3;

/** A new secret for an authenticator app; nothing is stored before `setUpAuthenticator` has seen a code of it. */
export function newAuthenticatorSecret(context: Context): Promise<string> {
  return secretText(context.randomBytes(20));
}

/**
 * Adds an authenticator app once a code of it was shown; that code is used up. Recovery codes are made with the first
 * second factor, and returned. Undefined for a wrong code, and when there is an authenticator app already.
 */
export async function setUpAuthenticator(
  context: Context,
  user: User,
  { secret, code }: { secret: string; code: string },
  actor: Actor,
): Promise<{ readonly recoveryCodes: readonly string[] } | undefined> {
  const now = context.now();
  const last_step = await stepOf(secret, code, now);
  if (last_step === undefined) return undefined;
  const { left } = await findRecoveryCodesLeft(context.database, user.id);
  const recoveryCodes = left === 0 ? newRecoveryCodes(context) : [];
  const row = {
    user_id: user.id,
    sealed_secret: context.secretKey.seal(secret, sealedFor(user.id)),
    last_step,
    created_at: now,
  };
  const code_hashes = recoveryCodes.map((each) => recoveryCodeHash(context, user.id, each));
  const inserted = await insertTotpAuthenticator(context.database, row, {
    event: newEvent(context, actor, 'authenticator.added', user.id),
    ...(recoveryCodes.length > 0 && { more: replaceRecoveryCodes(user.id, { code_hashes, now }) }),
  });
  return inserted ? { recoveryCodes } : undefined;
}

/** When the authenticator app of this user was added and last used; undefined when there is none. */
export async function describeAuthenticator(
  context: Context,
  user: User,
): Promise<{ readonly created_at: number; readonly last_used_at: number | null } | undefined> {
  return findTotpAuthenticator(context.database, user.id);
}

/** Takes the authenticator app away. False when there is none. */
export async function removeAuthenticator(context: Context, user: User, actor: Actor): Promise<boolean> {
  const event = newEvent(context, actor, 'authenticator.removed', user.id);
  const removed = await deleteTotpAuthenticator(context.database, user.id, event);
  await forgetReserves(context, user);
  return removed;
}

/** What only stands in for second factors goes with the last of them: recovery codes and trusted devices. */
export async function forgetReserves(context: Context, user: User): Promise<void> {
  if ((await enrolledSecondFactors(context, user)).length > 0) return;
  const reserves = [...userAuthenticationMethods.values()].filter(({ factors }) => factors.includes('reserve'));
  await deleteReserves(context.database, user.id, removalsOf(reserves, user.id));
}

/** A new set of recovery codes; those before work no more. */
export async function makeRecoveryCodes(context: Context, user: User, actor: Actor): Promise<readonly string[]> {
  const codes = newRecoveryCodes(context);
  await insertRecoveryCodes(context.database, user.id, {
    code_hashes: codes.map((each) => recoveryCodeHash(context, user.id, each)),
    now: context.now(),
    event: newEvent(context, actor, 'recovery-codes.made', user.id),
  });
  return codes;
}

/** For whoever sets up a first second factor that is none of the above: a set of codes, none when there are some. */
export async function ensureRecoveryCodes(context: Context, user: User, actor: Actor): Promise<readonly string[]> {
  const { left } = await findRecoveryCodesLeft(context.database, user.id);
  return left > 0 ? [] : makeRecoveryCodes(context, user, actor);
}

/** How many recovery codes are left, and since when they exist. */
export function recoveryCodesLeft(
  context: Context,
  user: User,
): Promise<{ readonly left: number; readonly created_at: number | null }> {
  return findRecoveryCodesLeft(context.database, user.id);
}

/**
 * Takes every second factor of a user away, for somebody who has lost them; trusted devices, recovery codes and every
 * session but `keepSession` go with them, and the owner is told by mail. Whoever signed in with a passkey alone would be
 * left with nothing: then a recovery link is made first, and returned. Throws a UserError, and changes nothing, where it
 * would be needed and the account is not open.
 */
export async function removeSecondFactors(
  context: Context,
  user: User,
  actor: Actor,
  { keepSession }: { keepSession?: string } = {},
): Promise<string | undefined> {
  const methods = [...userAuthenticationMethods.values()];
  const second = methods.filter(({ factors }) => factors.includes('second') || factors.includes('reserve'));
  const remove = async (rp_id: string | undefined) =>
    deleteSecondFactors(context.database, user.id, {
      removals: removalsOf(second, user.id),
      rp_id,
      now: context.now(),
      event: newEvent(context, actor, 'user.second-factors-removed', user.id),
      kept: keepSession,
    });
  let recoveryLink: string | undefined;
  try {
    await remove(rpIdOf(context));
  } catch (error) {
    if (!isConstraint(error)) throw error;
    recoveryLink = await createRecoveryLink(context, user, actor);
    await remove(undefined);
  }
  await notifyOwner(context, user, 'secondFactorsRemoved');
  return recoveryLink;
}

function removalsOf(methods: readonly UserAuthenticationMethod[], user_id: string): Sql[] {
  return methods.flatMap((method) => method.removal?.(user_id) ?? []);
}
