import type { Context } from '../context.ts';
import { listPersonalRows } from '../storage/personal-data.ts';
import { type Actor, type AuditEvent, listEventsAbout, recordEvent } from './audit.ts';
import { otherAdministrator } from './last-administrator.ts';
import { loginKey } from './login-name.ts';
import { withPictureAddress } from './own-profile.ts';
import { listSessions } from './sessions.ts';
import { UserError } from './user-error.ts';
import { removeUser, type User } from './users.ts';

/** How many events of the audit log go into one file at most, the newest. */
const eventsAtMost = 20_000;
const eventsAtOnce = 500;

/**
 * Everything that is kept about a person, for the person: without hashes, sealed values and keys, which prove something
 * to nobody but us. Of the audit log the newest 20,000 events, with the addresses of the person's own acts alone.
 */
export async function exportOwnData(
  context: Context,
  user: User,
  actor: Actor,
): Promise<Readonly<Record<string, unknown>>> {
  await recordEvent(context, actor, 'user.data-downloaded', user.id);
  return {
    exported_at: context.now(),
    issuer: context.config.issuer,
    account: withPictureAddress(context, user),
    ...(await listPersonalRows(context.database, user.id)),
    activity: await wholeActivity(context, user.id),
  };
}

/** Why people may not delete their own account, if they may not. */
export async function deletionRefusal(
  context: Context,
  user: User,
): Promise<'switched-off' | 'last-administrator' | undefined> {
  if (!context.config.accountDeletion) return 'switched-off';
  if (user.administrator && (await otherAdministrator(context, user.id)) !== 'able') return 'last-administrator';
  return undefined;
}

/**
 * Deletes the account of a person who typed its user name, with all that hangs from it, and resolves with the ids of the
 * sessions that ended. Throws a UserError when `deletionRefusal` has a reason, and for another name.
 */
export async function deleteOwnAccount(
  context: Context,
  user: User,
  typed: string,
  actor: Actor,
): Promise<readonly string[]> {
  if ((await deletionRefusal(context, user)) !== undefined) throw new UserError('This account cannot be deleted here.');
  if (loginKey(typed) !== loginKey(user.username)) throw new UserError('This is not the user name.', 'username');
  const sessions = await listSessions(context, user.id);
  await removeUser(context, user.id, actor);
  return sessions.map(({ id }) => id);
}

async function wholeActivity(context: Context, user_id: string): Promise<readonly AuditEvent[]> {
  const events: AuditEvent[] = [];
  let before: string | undefined;
  do {
    const page = await listEventsAbout(context, { user_id, before, limit: eventsAtOnce });
    events.push(...page.map((event) => withoutAddressOfOthers(event, user_id)));
    before = page.length === eventsAtOnce ? page.at(-1)?.id : undefined;
  } while (before !== undefined && events.length < eventsAtMost);
  return events;
}

/** Who it was, if an administrator, and from where, is theirs. */
function withoutAddressOfOthers(event: AuditEvent, user_id: string): AuditEvent {
  const isOwn = event.actor === user_id || event.actor === 'system';
  if (isOwn) return event;
  const { address: _address, request_id: _request, ...rest } = event;
  return { ...rest, actor: 'administrator' };
}
