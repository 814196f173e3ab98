import type { Context } from '../context.ts';
import type { User } from '../storage/user-row.ts';
import { findUserById } from '../storage/users.ts';
import { approveWaitingUser, deleteWaitingUser, listWaitingUsers } from '../storage/waiting-users.ts';
import { type Actor, newEvent } from './audit.ts';
import { mailAddressOf } from './email-claims.ts';
import { isMailConfigured, prepareMail } from './mails.ts';
import { approvalMail } from './new-account-mails/index.ts';

/** How long somebody waits whom no administrator lets in, in seconds; then the account goes. */
export const waitingSeconds = 30 * 86_400;

/** Who has signed up and waits to be let in, the longest first. */
export function listWaiting(context: Context, limit: number): Promise<User[]> {
  return listWaitingUsers(context.database, { limit });
}

/**
 * Lets somebody in who waits, and tells the person by mail where one can be sent. Of those who let in and those who refuse
 * at the same instant, exactly one gets true.
 */
export async function approveUser(context: Context, id: string, actor: Actor): Promise<boolean> {
  const user = await findUserById(context.database, id);
  if (!user) return false;
  const email = mailAddressOf(user);
  const mails =
    email !== undefined && isMailConfigured(context)
      ? [prepareMail(context, await approvalMail(context, { ...user, email }))]
      : [];
  const isLetIn = await approveWaitingUser(context.database, id, {
    now: context.now(),
    event: newEvent(context, actor, 'user.approved', id),
    alongside: mails.map(({ statement }) => statement),
  });
  if (isLetIn) for (const mail of mails) mail.sendSoon();
  return isLetIn;
}

/** Removes somebody who waits, and all that was said; false as in `approveUser`. The person is not told. */
export async function refuseUser(context: Context, user: User, actor: Actor): Promise<boolean> {
  const event = newEvent(context, actor, 'user.refused', user.id, { username: user.username });
  return deleteWaitingUser(context.database, user.id, event);
}

/** Removes those whom nobody has let in for too long, at most `limit`; resolves with how many there were. */
export async function removeForgottenUsers(context: Context, limit: number): Promise<number> {
  const since_before = context.now() - waitingSeconds;
  const forgotten = await listWaitingUsers(context.database, { since_before, limit });
  for (const user of forgotten) await refuseUser(context, user, { id: 'system' });
  return forgotten.length;
}
