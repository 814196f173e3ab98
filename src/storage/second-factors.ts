import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';
import { refuseToLoseLastWayIn } from './last-way-in.ts';
import { endSessionsOf } from './sessions.ts';
import { deleteTrustedDevicesOf } from './trusted-devices.ts';

/** Takes from a user what these statements take, and the trust in every device, all or nothing. */
export async function deleteReserves(database: Database, user_id: string, removals: readonly Sql[]): Promise<void> {
  await database.batch([
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${user_id}`,
    ...removals,
    deleteTrustedDevicesOf(user_id),
  ]);
}

/**
 * Takes from a user every second factor, which is what these statements take, the trust in every device, and every
 * session but `kept`, all or nothing. Throws a StorageError of reason `constraint`, and changes nothing, when the user
 * would be left without any way to sign in at `rp_id`; without `rp_id` that does not matter.
 */
export async function deleteSecondFactors(
  database: Database,
  user_id: string,
  {
    removals,
    rp_id,
    now,
    event,
    kept = '',
  }: { removals: readonly Sql[]; rp_id: string | undefined; now: number; event: AuditEvent; kept?: string | undefined },
): Promise<void> {
  await database.batch([
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${user_id}`,
    ...removals,
    ...(rp_id === undefined ? [] : refuseToLoseLastWayIn(user_id, rp_id)),
    deleteTrustedDevicesOf(user_id),
    ...endSessionsOf(user_id, { now, kept }),
    auditEventInsert(event),
  ]);
}
