import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';
import { deleteTracesOf } from './personal-data.ts';
import { toUser, type User, type UserRow, userColumns } from './user-row.ts';

/** How many wait to be let in. */
export async function countWaitingUsers(database: Database): Promise<number> {
  const row = await database.get<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM users WHERE awaits_approval_since IS NOT NULL`,
  );
  return row?.count ?? 0;
}

/** Who waits to be let in, the longest first; with `since_before` those who have waited since before that time. */
export async function listWaitingUsers(
  database: Database,
  { since_before = Number.MAX_SAFE_INTEGER, limit }: { since_before?: number; limit: number },
): Promise<User[]> {
  const rows = await database.all<UserRow>(sql`
    SELECT ${userColumns} FROM users
     WHERE users.awaits_approval_since < ${since_before} ORDER BY users.awaits_approval_since, users.id LIMIT ${limit}`);
  return rows.map(toUser);
}

/**
 * Lets somebody in who waits, with what belongs `alongside`; false when nobody of this id waits. Of those who let in and
 * those who refuse at the same instant, exactly one gets true.
 */
export function approveWaitingUser(
  database: Database,
  id: string,
  { now, event, alongside }: { now: number; event: AuditEvent; alongside: readonly Sql[] },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE users SET awaits_approval_since = NULL, updated_at = ${now}
         WHERE id = ${id} AND awaits_approval_since IS NOT NULL`,
    auditEventInsert(event),
    ...alongside,
  ]);
}

/** Deletes somebody who waits, with what else names the person; false as in `approveWaitingUser`. */
export function deleteWaitingUser(database: Database, id: string, event: AuditEvent): Promise<boolean> {
  return database.batch([
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${id} AND awaits_approval_since IS NOT NULL`,
    ...deleteTracesOf(id),
    sql`DELETE FROM users WHERE id = ${id}`,
    auditEventInsert(event),
  ]);
}

/**
 * Makes the batch fail when more than `most` would wait afterwards. The first statement makes such batches wait for one
 * another, for on PostgreSQL they could otherwise not count each other's.
 */
export function refuseMoreWaiting(most: number, now: number): Sql[] {
  return [
    sql`INSERT INTO instance (name, value) VALUES ('waiting_checked_at', ${String(now)})
        ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    sql`INSERT INTO instance (name, value)
        SELECT 'waiting', NULL
         WHERE (SELECT COUNT(*) FROM users WHERE awaits_approval_since IS NOT NULL) > ${most}`,
  ];
}
