import type { Context } from '../context.ts';
import { oneLine } from '../lib/one-line.ts';
import { equalHashes, newSplitToken, parseSplitToken, splitTokenFrom } from '../lib/split-token.ts';
import {
  deleteExpiredSession,
  deleteSession,
  deleteSessionsOf,
  findSessionById,
  insertSession,
  listSessionsOf,
  renewSession,
  type Session,
  touchSession,
} from '../storage/sessions.ts';
import { deleteTrustedDevices } from '../storage/trusted-devices.ts';
import type { User } from '../storage/user-row.ts';
import { type Actor, newEvent } from './audit.ts';
import { acrOf } from './authentication-context.ts';
import { UserError } from './user-error.ts';

export type { Session } from '../storage/sessions.ts';

/** How often, in seconds, the use of a session is noted at most. */
const touchSeconds = 300;

/** What starts a session. */
export interface SessionStart {
  readonly user: User;
  readonly amr: readonly string[];
  readonly address: string;
  readonly user_agent: string;
  /** Whether this browser does not say that the person signed in there before. */
  readonly isNewDevice?: boolean;
  /** The session of the same person that this browser had. */
  readonly replaces?: Session | undefined;
  /** When the verified password was set: the session starts only while the user still has that one. */
  readonly password_changed_at?: number | undefined;
  /** The session that only more was proven for: its sign-in is as old as it was, and it ends when it would have. */
  readonly continued?: Session | undefined;
  readonly request_id?: string | undefined;
}

/**
 * The session of a cookie, while it stands: not ended, neither its idle nor its absolute lifetime over, its account
 * open. One found expired is deleted, so that it stays dead should the clock go back. One that is only `lookedAt` is not
 * kept alive by it.
 */
export async function findSession(
  context: Context,
  token: string,
  { lookedAt = false }: { readonly lookedAt?: boolean } = {},
): Promise<Session | undefined> {
  const presented = parseSplitToken(token);
  if (!presented) return undefined;
  const session = await findSessionById(context.database, presented.id, context.now());
  if (!session || !equalHashes(session.verifier_hash, presented.verifier_hash)) return undefined;
  const now = context.now();
  const { sessionIdleSeconds } = context.config.lifetimes;
  const idle = now - session.last_used_at;
  if (now >= session.expires_at || idle >= sessionIdleSeconds) {
    await deleteExpiredSession(context.database, session.id, now);
    return undefined;
  }
  if (!lookedAt && idle >= Math.min(touchSeconds, sessionIdleSeconds / 4)) await touch(context, session.id, now);
  return session;
}

/**
 * Signs a person in: the token goes into the cookie and is stored nowhere. The same person signing in again keeps the
 * session's id (the sid) under a new verifier; a session of another person is never taken over. Throws a UserError when the account
 * was closed, removed or given another password meanwhile.
 */
export async function startSession(
  context: Context,
  start: SessionStart,
): Promise<{ readonly session: Session; readonly token: string }> {
  const { user, replaces } = start;
  if (replaces && replaces.user.id === user.id) {
    const renewed = await renew(context, start, replaces);
    if (renewed) return renewed;
  }
  if (start.continued) throw new UserError('This session has ended. Sign in again.');
  const { id, verifier_hash, token } = newSplitToken(context);
  const session = newSession(context, start, { id, verifier_hash, created_at: context.now() });
  const inserted = await insertSession(context.database, session, {
    event: startEvent(context, start, id),
    ...(start.password_changed_at !== undefined && { password_changed_at: start.password_changed_at }),
  });
  if (!inserted) throw new UserError('This account was changed while you signed in. Sign in again.');
  return { session, token };
}

/** Ends a session; what was bound to it is revoked with it. Nothing happens when it has ended before. */
export async function endSession(context: Context, session_id: string, actor?: Actor): Promise<void> {
  const event = newEvent(context, actor ?? { id: 'system' }, 'session.ended', session_id);
  await deleteSession(context.database, session_id, { now: context.now(), event });
}

/** Ends every session of a user, except the one to keep; what was bound to them is revoked, and no device is trusted. */
export async function endSessionsOf(
  context: Context,
  user_id: string,
  actor: Actor,
  { keepSession }: { keepSession?: string } = {},
): Promise<void> {
  const event = newEvent(context, actor, 'user.sessions-ended', user_id);
  await deleteSessionsOf(context.database, user_id, {
    now: context.now(),
    event,
    ...(keepSession !== undefined && { kept: keepSession }),
  });
  await deleteTrustedDevices(context.database, user_id);
}

/** The sessions of a user that stand, the last used first. */
export async function listSessions(context: Context, user_id: string): Promise<Session[]> {
  const now = context.now();
  return listSessionsOf(context.database, user_id, {
    now,
    usedSince: now - context.config.lifetimes.sessionIdleSeconds,
  });
}

async function touch(context: Context, id: string, now: number): Promise<void> {
  try {
    await touchSession(context.database, id, now);
  } catch (error) {
    // With a full disk people stay signed in: only the idle lifetime is not prolonged.
    context.log.warn({ err: error }, 'the use of a session could not be noted');
  }
}

async function renew(
  context: Context,
  start: SessionStart,
  { id, created_at }: Session,
): Promise<{ session: Session; token: string } | undefined> {
  const { verifier, verifier_hash } = newSplitToken(context);
  const session = newSession(context, start, { id, verifier_hash, created_at });
  const renewed = await renewSession(context.database, session, {
    event: startEvent(context, start, id),
    ...(start.password_changed_at !== undefined && { password_changed_at: start.password_changed_at }),
  });
  return renewed ? { session, token: splitTokenFrom(id, verifier).token } : undefined;
}

function newSession(
  context: Context,
  { user, amr, address, user_agent, continued }: SessionStart,
  row: { id: string; verifier_hash: string; created_at: number },
): Session {
  const now = context.now();
  return {
    ...row,
    user,
    auth_time: continued?.auth_time ?? now,
    amr,
    acr: acrOf(amr),
    address: oneLine(address),
    user_agent: oneLine(user_agent),
    last_used_at: now,
    expires_at: continued?.expires_at ?? now + context.config.lifetimes.sessionSeconds,
  };
}

function startEvent(context: Context, start: SessionStart, session_id: string) {
  const { user, address, request_id, amr, user_agent, isNewDevice = false } = start;
  const actor = { id: user.id, address, ...(request_id !== undefined && { request_id }) };
  return newEvent(context, actor, 'session.started', user.id, {
    session: session_id,
    amr: amr.join(' '),
    user_agent: oneLine(user_agent),
    ...(isNewDevice && { new_device: true }),
  });
}
