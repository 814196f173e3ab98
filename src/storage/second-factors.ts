import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';
import { deleteTrustedDevicesOf } from './trusted-devices.ts';

/** Takes from a user what these statements take, and the trust in every device, all or nothing. */
export async function deleteSecondFactors(
  database: Database,
  user_id: string,
  { removals, event }: { removals: readonly Sql[]; event?: AuditEvent },
): Promise<void> {
  await database.batch([
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${user_id}`,
    ...removals,
    deleteTrustedDevicesOf(user_id),
    ...(event ? [auditEventInsert(event)] : []),
  ]);
}
