import type { Context } from '../context.ts';
import { newId } from '../lib/split-token.ts';
import { type AuditEvent, insertAuditEvent, listAuditEvents, listAuditEventsAbout } from '../storage/audit-events.ts';

export type { AuditEvent } from '../storage/audit-events.ts';

/** Who makes a change: a user id, or the words command or system, and from where. */
export interface Actor {
  readonly id: string;
  readonly address?: string;
  readonly request_id?: string;
}

/** What more there is to say about an event; never a secret, a token or a password. */
export type EventDetail = Readonly<Record<string, string | number | boolean>>;

/** Appends an event to the audit log; it is durable before this resolves. */
export async function recordEvent(
  context: Context,
  actor: Actor,
  action: string,
  target: string | undefined,
  detail: EventDetail = {},
): Promise<void> {
  await insertAuditEvent(context.database, newEvent(context, actor, action, target, detail));
}

/** An event made now, for a storage function that writes it in one batch with the change it tells of. */
export function newEvent(
  context: Context,
  actor: Actor,
  action: string,
  target: string | undefined,
  detail: EventDetail = {},
): AuditEvent {
  return {
    id: newId(context),
    at: context.now(),
    actor: actor.id,
    action,
    detail,
    ...(target !== undefined && { target }),
    ...(actor.address !== undefined && { address: actor.address }),
    ...(actor.request_id !== undefined && { request_id: actor.request_id }),
  };
}

/** Events, the newest first, at most 500; `before` is the id of the last event of the page before. */
export async function listEvents(
  context: Context,
  filter: { before?: string; limit: number; target?: string; actor?: string; action?: string },
): Promise<AuditEvent[]> {
  if (filter.before !== undefined && !/^[0-9a-f]{32}$/.test(filter.before)) return [];
  return listAuditEvents(context.database, { ...filter, limit: Math.max(1, Math.min(filter.limit, 500)) });
}

/** What a person did, and what was done to their account, the newest first, at most 500; `before` as in `listEvents`. */
export async function listEventsAbout(
  context: Context,
  { user_id, before, limit }: { user_id: string; before?: string | undefined; limit: number },
): Promise<AuditEvent[]> {
  if (before !== undefined && !/^[0-9a-f]{32}$/.test(before)) return [];
  return listAuditEventsAbout(context.database, { user_id, before, limit: Math.max(1, Math.min(limit, 500)) });
}
