import type { Context } from '../context.ts';
import { consumeLink } from '../storage/links.ts';
import type { User } from '../storage/user-row.ts';
import { findUserById } from '../storage/users.ts';
import { isOpen } from './account-state.ts';
import { type Actor, newEvent } from './audit.ts';
import { createLink, findLink, type Link } from './links.ts';
import { loginKey } from './login-name.ts';
import { setPassword } from './passwords.ts';
import { UserError } from './user-error.ts';

/** An administrator hands the link over in person or by a message, so it lasts a day. */
const recoveryLinkSeconds = 24 * 60 * 60;

/** The URL of a one-time link with which this user chooses a new password; one made before is dead from then on. */
export async function createRecoveryLink(context: Context, { id }: User, actor: Actor): Promise<string> {
  const user = await findUserById(context.database, id);
  if (!user) throw new UserError('There is no such user.');
  if (user.disabled) throw new UserError('This user is disabled: enable the user first.');
  if (!isOpen(context, user)) throw new UserError('This account has expired or waits for approval: open it first.');
  const token = await createLink(context, {
    purpose: 'recovery',
    user_id: user.id,
    seconds: recoveryLinkSeconds,
    event: newEvent(context, actor, 'recovery-link.created', user.id),
  });
  return `${context.config.publicUrl}/recovery?token=${token}`;
}

/** The user of a recovery link that can still be used, and the link; looking does not consume it. */
export async function findUserToRecover(
  context: Context,
  token: string,
): Promise<{ readonly user: User; readonly link: Link } | undefined> {
  return findRecovery(context, token);
}

/**
 * Sets the password of the link's user, ends every session and authorization, and consumes the link, all or nothing: of
 * any number of callers exactly one gets the user, the others undefined. Throws a UserError, with the link unharmed, for
 * a weak password.
 */
export async function recoverPassword(
  context: Context,
  token: string,
  password: string,
  from: Omit<Actor, 'id'>,
): Promise<User | undefined> {
  const recovery = await findRecovery(context, token);
  if (!recovery) return undefined;
  const { user, link } = recovery;
  const claim = consumeLink(link.id, context.now());
  const recovered = await setPassword(context, user, password, { ...from, id: user.id }, { claim });
  return recovered ? user : undefined;
}

/** A link that was mailed is good only as long as the account has the address to which it went. */
async function findRecovery(context: Context, token: string) {
  const link = (await findLink(context, 'recovery', token)) ?? (await findLink(context, 'password-reset', token));
  if (!link || link.user_id === null) return undefined;
  const user = await findUserById(context.database, link.user_id);
  if (!user || !isOpen(context, user)) return undefined;
  const { email_key = loginKey(user.email ?? '') } = link.detail;
  return email_key === loginKey(user.email ?? '') ? { link, user } : undefined;
}
