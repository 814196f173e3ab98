import { type Authorization, authorizationInsert } from './authorizations.ts';
import { type Database, held, type Sql, sql } from './database.ts';

/** A device that waits for a person. */
export interface DeviceAuthorization {
  readonly id: string;
  readonly verifier_hash: string;
  readonly user_code_hash: string;
  readonly client_id: string;
  /** Those with the same are counted together. */
  readonly counted_under: string;
  readonly scope: string;
  readonly resource: string | null;
  readonly address: string;
  readonly user_agent: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly interval_seconds: number;
  readonly polled_at: number | null;
  readonly claimed_by: string | null;
  readonly authorization_id: string | null;
  readonly denied_at: number | null;
  readonly consumed_at: number | null;
}

/** How many devices may wait at once. */
export interface DeviceLimits {
  /** Of those that are counted together. */
  readonly together: number;
  readonly ofAddress: number;
}

/**
 * Writes a device that begins to wait. False, with nothing written, when as many wait already together or from its address, or when the user code is taken.
 */
export async function insertDeviceAuthorization(
  database: Database,
  device: Pick<
    DeviceAuthorization,
    | 'id'
    | 'verifier_hash'
    | 'user_code_hash'
    | 'client_id'
    | 'counted_under'
    | 'scope'
    | 'resource'
    | 'address'
    | 'user_agent'
    | 'expires_at'
  > & { readonly interval_seconds: number },
  { now, limits }: { now: number; limits: DeviceLimits },
): Promise<boolean> {
  const d = device;
  const waiting = sql`SELECT COUNT(*) FROM device_authorizations d
             WHERE d.counted_under = ${d.counted_under} AND d.expires_at > ${now} AND d.consumed_at IS NULL`;
  const written = await database.run(sql`
    INSERT INTO device_authorizations (id, verifier_hash, user_code_hash, client_id, counted_under, scope, resource, address,
                                       user_agent, created_at, expires_at, interval_seconds)
    SELECT ${d.id}, ${d.verifier_hash}, ${d.user_code_hash}, ${d.client_id}, ${d.counted_under}, ${d.scope},
           ${d.resource}, ${d.address}, ${d.user_agent}, ${now}, ${d.expires_at}, ${d.interval_seconds}
     WHERE (${waiting}) < ${limits.together} AND (${waiting} AND d.address = ${d.address}) < ${limits.ofAddress}
    ON CONFLICT (user_code_hash) DO NOTHING`);
  return written === 1;
}

/** The device of this selector; the verifier is the caller's to compare. */
export function findDeviceAuthorization(database: Database, id: string): Promise<DeviceAuthorization | undefined> {
  return database.get<DeviceAuthorization>(sql`SELECT * FROM device_authorizations WHERE id = ${id}`);
}

/**
 * Claims the device of a user code for the session that typed it in: of several sessions only the first ever gets it,
 * and nobody gets one that has expired or was decided on.
 */
export function claimDeviceAuthorization(
  database: Database,
  { user_code_hash, session_id, now }: { user_code_hash: string; session_id: string; now: number },
): Promise<DeviceAuthorization | undefined> {
  return database.get<DeviceAuthorization>(sql`
    UPDATE device_authorizations SET claimed_by = ${session_id}
     WHERE user_code_hash = ${user_code_hash} AND expires_at > ${now} AND authorization_id IS NULL AND denied_at IS NULL
       AND (claimed_by IS NULL OR claimed_by = ${session_id})
    RETURNING *`);
}

/**
 * Allows a device by writing its authorization: of any number of decisions one counts. False, with nothing written, when
 * the session has ended, did not claim the device, or decided before.
 */
export function allowDevice(
  database: Database,
  id: string,
  authorization: Omit<Authorization, 'revoked_at'>,
): Promise<boolean> {
  const a = authorization;
  return database.batch([
    sql`UPDATE device_authorizations SET authorization_id = ${a.id}
         WHERE id = ${id} AND claimed_by = ${a.session_id} AND expires_at > ${a.created_at}
           AND authorization_id IS NULL AND denied_at IS NULL
           AND EXISTS (SELECT 1 FROM sessions
                        WHERE id = ${a.session_id} AND user_id = ${a.user_id} AND expires_at > ${a.created_at} ${held})`,
    authorizationInsert(a),
  ]);
}

/** Refuses a device. False when this session did not claim it, or decided before. */
export async function denyDevice(
  database: Database,
  { id, session_id, now }: { id: string; session_id: string; now: number },
): Promise<boolean> {
  const changed = await database.run(sql`
    UPDATE device_authorizations SET denied_at = ${now}
     WHERE id = ${id} AND claimed_by = ${session_id} AND authorization_id IS NULL AND denied_at IS NULL`);
  return changed === 1;
}

/** Notes that a device asked. False when it asked too early: then its interval grows by `more` seconds. */
export async function notePoll(
  database: Database,
  { id, now, more }: { id: string; now: number; more: number },
): Promise<boolean> {
  const early = await database.run(sql`
    UPDATE device_authorizations SET interval_seconds = interval_seconds + ${more}, polled_at = ${now}
     WHERE id = ${id} AND polled_at IS NOT NULL AND polled_at > ${now} - interval_seconds`);
  if (early === 1) return false;
  await database.run(sql`UPDATE device_authorizations SET polled_at = ${now} WHERE id = ${id}`);
  return true;
}

/** Takes what the person allowed, once: of any number of polls only one sees it change a row. For the head of a batch. */
export function consumeDeviceAuthorization(id: string, now: number): Sql {
  return sql`
    UPDATE device_authorizations SET consumed_at = ${now}
     WHERE id = ${id} AND consumed_at IS NULL AND expires_at > ${now}
       AND EXISTS (SELECT 1 FROM authorizations a
                    WHERE a.id = device_authorizations.authorization_id AND a.revoked_at IS NULL)`;
}
