import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, join, type Sql, sql } from './database.ts';

/** A browser at which a person need not give the second factor. */
export interface TrustedDevice {
  readonly id: string;
  readonly verifier_hash: string;
  readonly user_id: string;
  readonly address: string;
  readonly user_agent: string;
  readonly created_at: number;
  readonly last_used_at: number;
  readonly expires_at: number;
}

/** Inserts a device. */
export async function insertTrustedDevice(database: Database, d: TrustedDevice, event: AuditEvent): Promise<void> {
  await database.batch([
    sql`INSERT INTO trusted_devices (id, verifier_hash, user_id, address, user_agent, created_at, last_used_at, expires_at)
        VALUES (${d.id}, ${d.verifier_hash}, ${d.user_id}, ${d.address}, ${d.user_agent}, ${d.created_at},
                ${d.last_used_at}, ${d.expires_at})`,
    auditEventInsert(event),
  ]);
}

/** The devices of these selectors that have not expired; the verifiers are the caller's to compare. */
export function findTrustedDevices(database: Database, ids: readonly string[], now: number): Promise<TrustedDevice[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return database.all<TrustedDevice>(
    sql`SELECT * FROM trusted_devices WHERE id IN (${join([...ids])}) AND expires_at > ${now}`,
  );
}

/** The devices of a user that have not expired, the last used first. */
export function listTrustedDevices(database: Database, user_id: string, now: number): Promise<TrustedDevice[]> {
  return database.all<TrustedDevice>(sql`
    SELECT * FROM trusted_devices WHERE user_id = ${user_id} AND expires_at > ${now}
     ORDER BY last_used_at DESC, id DESC LIMIT 100`);
}

/** Notes that a device was used instead of a second factor. */
export async function touchTrustedDevice(database: Database, id: string, now: number): Promise<void> {
  await database.run(sql`UPDATE trusted_devices SET last_used_at = ${now} WHERE id = ${id}`);
}

/** Takes the trust from a device of this user. False when there is no such device. */
export function deleteTrustedDevice(
  database: Database,
  { id, user_id, event }: { id: string; user_id: string; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM trusted_devices WHERE id = ${id} AND user_id = ${user_id}`,
    auditEventInsert(event),
  ]);
}

/** Takes the trust from every device of a user. */
export async function deleteTrustedDevices(database: Database, user_id: string): Promise<void> {
  await database.run(deleteTrustedDevicesOf(user_id));
}

/** The statement that takes the trust from every device of a user, for a batch. */
export function deleteTrustedDevicesOf(user_id: string): Sql {
  return sql`DELETE FROM trusted_devices WHERE user_id = ${user_id}`;
}
