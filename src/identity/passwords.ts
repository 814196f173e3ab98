import type { Context } from '../context.ts';
import type { Sql } from '../storage/database.ts';
import type { User } from '../storage/user-row.ts';
import { updatePassword } from '../storage/users.ts';
import { type Actor, newEvent } from './audit.ts';
import { hashNewPassword } from './user-authentication/password-policy.ts';

/**
 * Sets a password and ends every session and authorization of the user. With `keepSession`, when people change their
 * own, that session stays and so do authorizations with offline_access. With `claim`, only when that statement changes
 * a row: false when it does not. Throws a UserError for a weak password.
 */
export async function setPassword(
  context: Context,
  user: User,
  password: string,
  actor: Actor,
  { keepSession, claim }: { keepSession?: string; claim?: Sql } = {},
): Promise<boolean> {
  const password_hash = await hashNewPassword(context, password, user);
  const event = newEvent(context, actor, 'user.password-changed', user.id);
  return updatePassword(context.database, user.id, password_hash, {
    now: context.now(),
    event,
    ...(keepSession !== undefined && { keptSession: keepSession }),
    ...(claim && { claim }),
  });
}
