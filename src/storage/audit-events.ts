import { type Database, empty, type Sql, sql } from './database.ts';

/** What the audit log remembers of one change or sign-in; it never holds a secret. */
export interface AuditEvent {
  readonly id: string;
  /** Epoch seconds. */
  readonly at: number;
  /** A user id, or the words command or system. */
  readonly actor: string;
  readonly action: string;
  readonly target?: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  readonly address?: string;
  readonly request_id?: string;
}

/** The statement that appends an event, to stand in one batch with the change that it tells of. */
export function auditEventInsert(event: AuditEvent): Sql {
  return sql`
    INSERT INTO audit_events (id, at, actor, action, target, detail, address, request_id)
    VALUES (${event.id}, ${event.at}, ${event.actor}, ${event.action}, ${event.target ?? null},
            ${JSON.stringify(event.detail)}, ${event.address ?? null}, ${event.request_id ?? null})`;
}

/** Appends an event. */
export async function insertAuditEvent(database: Database, event: AuditEvent): Promise<void> {
  await database.run(auditEventInsert(event));
}

/** Events, the newest first; `before` is the id of the last event of the page before. */
export async function listAuditEvents(
  database: Database,
  filter: { before?: string; limit: number; target?: string; actor?: string; action?: string },
): Promise<AuditEvent[]> {
  const { before, limit, target, actor, action } = filter;
  const rows = await database.all<AuditEventRow>(sql`
    SELECT id, at, actor, action, target, detail, address, request_id FROM audit_events
     WHERE 1 = 1
       ${before === undefined ? empty : sql`AND id < ${before}`}
       ${target === undefined ? empty : sql`AND target = ${target}`}
       ${actor === undefined ? empty : sql`AND actor = ${actor}`}
       ${action === undefined ? empty : sql`AND action = ${action}`}
     ORDER BY id DESC LIMIT ${limit}`);
  return rows.map(toAuditEvent);
}

/** Events of which a person was the actor or the target, the newest first; `before` as in `listAuditEvents`. */
export async function listAuditEventsAbout(
  database: Database,
  { user_id, before = 'g', limit }: { user_id: string; before?: string | undefined; limit: number },
): Promise<AuditEvent[]> {
  const columns = sql`id, at, actor, action, target, detail, address, request_id`;
  // Each half goes through its own index, and no further than one page. No id begins with g.
  const rows = await database.all<AuditEventRow>(sql`
    SELECT * FROM (SELECT ${columns} FROM audit_events
                    WHERE actor = ${user_id} AND id < ${before} ORDER BY id DESC LIMIT ${limit}) AS done
    UNION
    SELECT * FROM (SELECT ${columns} FROM audit_events
                    WHERE target = ${user_id} AND id < ${before} ORDER BY id DESC LIMIT ${limit}) AS suffered
    ORDER BY id DESC LIMIT ${limit}`);
  return rows.map(toAuditEvent);
}

interface AuditEventRow {
  id: string;
  at: number;
  actor: string;
  action: string;
  target: string | null;
  detail: string;
  address: string | null;
  request_id: string | null;
}

function toAuditEvent({ target, detail, address, request_id, ...row }: AuditEventRow): AuditEvent {
  return {
    ...row,
    detail: JSON.parse(detail),
    ...(target !== null && { target }),
    ...(address !== null && { address }),
    ...(request_id !== null && { request_id }),
  };
}
