import type { Context } from '../context.ts';
import type { Sql } from '../storage/database.ts';
import type { User } from '../storage/user-row.ts';
import { claimExpiredPassword, findUserByKey, updatePassword } from '../storage/users.ts';
import { type Actor, newEvent } from './audit.ts';
import { loginKey } from './login-name.ts';
import { notifyOwner } from './notices.ts';
import { hashNewPassword, normalisePassword } from './user-authentication/password-policy.ts';
import type { Proof } from './user-authentication/proof.ts';
import { UserError } from './user-error.ts';

/**
 * Sets a password and ends every session and authorization of the user. With `keepSession`, when people change their
 * own, that session stays and so do authorizations with offline_access. With `claim`, only when that statement changes
 * a row: false when it does not. One that is temporary must be changed at the next sign-in. The owner is told. Throws a UserError for a weak password.
 */
export async function setPassword(
  context: Context,
  user: User,
  password: string,
  actor: Actor,
  { keepSession, claim, isTemporary = false }: { keepSession?: string; claim?: Sql; isTemporary?: boolean } = {},
): Promise<boolean> {
  const password_hash = await hashNewPassword(context, password, user);
  const event = newEvent(context, actor, 'user.password-changed', user.id);
  const isSet = await updatePassword(context.database, user.id, password_hash, {
    now: context.now(),
    event,
    isTemporary,
    ...(keepSession !== undefined && { keptSession: keepSession }),
    ...(claim && { claim }),
  });
  if (isSet) await notifyOwner(context, user, 'passwordChanged');
  return isSet;
}

/**
 * The same for somebody who knows the present password: throws a UserError, too, when that one is chosen again. It costs
 * one more hash.
 */
export async function changeOwnPassword(
  context: Context,
  user: User,
  password: string,
  actor: Actor,
  options: { keepSession?: string; claim?: Sql } = {},
): Promise<boolean> {
  const present = await findUserByKey(context.database, loginKey(user.username));
  const normalised = normalisePassword(password);
  if (normalised !== undefined && (await context.passwordHasher.verify(normalised, present?.password_hash)))
    throw new UserError('This is the password you have now. Choose another.', 'password', { code: 'passwordSame' });
  return setPassword(context, user, password, actor, options);
}

/**
 * The new password of somebody who signs in with one that was set for one time: resolves with when it was set, for the
 * proof. Of two at the same instant one wins. Throws a UserError as `changeOwnPassword`, and another one, not about the
 * password, when it was changed meanwhile.
 */
export async function replaceExpiredPassword(
  context: Context,
  { user, password, proof }: { user: User; password: string; proof: Proof },
  actor: Actor,
): Promise<number | undefined> {
  const claim = claimExpiredPassword(user.id, proof.password_changed_at);
  if (!(await changeOwnPassword(context, user, password, actor, { claim })))
    throw new UserError('This account was changed while you signed in. Sign in again.');
  return (await findUserByKey(context.database, loginKey(user.username)))?.password_changed_at;
}
