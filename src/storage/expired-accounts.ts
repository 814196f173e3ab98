import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, sql } from './database.ts';
import { consumeLinksOf } from './links.ts';
import { logoutDeliveriesInsert } from './logout-deliveries.ts';
import { deleteTrustedDevicesOf } from './trusted-devices.ts';

/** The ids of users whose account has expired while they still had a session or an authorization. */
export async function listExpiredAccounts(database: Database, now: number, limit: number): Promise<string[]> {
  const rows = await database.all<{ id: string }>(sql`
    SELECT id FROM users
     WHERE expires_at <= ${now}
       AND (EXISTS (SELECT 1 FROM sessions WHERE sessions.user_id = users.id)
            OR EXISTS (SELECT 1 FROM authorizations a WHERE a.user_id = users.id AND a.revoked_at IS NULL))
     LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

/**
 * Takes from a user whose account has expired what a disabled one loses: every session, authorization, link and trusted
 * device. False, with nothing done, when the account got more time meanwhile.
 */
export function closeExpiredAccount(
  database: Database,
  id: string,
  { now, event }: { now: number; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${id} AND expires_at <= ${now}`,
    logoutDeliveriesInsert(sql`sessions.user_id = ${id}`, now),
    sql`DELETE FROM sessions WHERE user_id = ${id}`,
    sql`UPDATE authorizations SET revoked_at = ${now} WHERE user_id = ${id} AND revoked_at IS NULL`,
    consumeLinksOf(id, now),
    deleteTrustedDevicesOf(id),
    auditEventInsert(event),
  ]);
}
