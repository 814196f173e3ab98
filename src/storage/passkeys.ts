import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';
import { refuseToLoseLastWayIn } from './last-way-in.ts';

/** The public half of a passkey (WebAuthn §4), and what was said of it. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: string;
  readonly user_id: string;
  /** The host that it was made for: at another one no browser offers it. */
  readonly rp_id: string;
  /** COSE_Key, base64url. */
  readonly public_key: string;
  readonly sign_count: number;
  readonly transports: readonly string[];
  readonly aaguid: string;
  /** Whether it may be copied to other devices. */
  readonly device_type: 'singleDevice' | 'multiDevice';
  readonly backed_up_at: number | null;
  readonly name: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
}

/** More than this no person needs. */
const passkeysOfOne = 50;

/** The passkey of this credential id. */
export async function findPasskey(database: Database, id: string): Promise<Passkey | undefined> {
  const row = await database.get<Row>(sql`SELECT * FROM passkeys WHERE id = ${id}`);
  return row && toPasskey(row);
}

/** The passkeys of a user, the newest first, whatever host they were made for. */
export async function listPasskeys(database: Database, user_id: string): Promise<Passkey[]> {
  const rows = await database.all<Row>(sql`
    SELECT * FROM passkeys WHERE user_id = ${user_id} ORDER BY created_at DESC, id LIMIT ${passkeysOfOne}`);
  return rows.map(toPasskey);
}

/** The hosts other than this one for which there are passkeys, and how many. */
export function listOtherPasskeyHosts(
  database: Database,
  rp_id: string,
): Promise<{ readonly rp_id: string; readonly passkeys: number }[]> {
  return database.all(sql`
    SELECT rp_id, count(*) AS passkeys FROM passkeys WHERE rp_id <> ${rp_id} GROUP BY rp_id ORDER BY rp_id LIMIT 20`);
}

/** Inserts a passkey. False when its credential id is known already, whoever it belongs to, or the user has too many. */
export function insertPasskey(
  database: Database,
  p: Omit<Passkey, 'last_used_at'>,
  event: AuditEvent,
): Promise<boolean> {
  return database.batch([
    sql`INSERT INTO passkeys (id, user_id, rp_id, public_key, sign_count, transports, aaguid, device_type, backed_up_at,
                              name, created_at)
        SELECT ${p.id}, users.id, ${p.rp_id}, ${p.public_key}, ${p.sign_count}, ${JSON.stringify(p.transports)},
               ${p.aaguid}, ${p.device_type}, ${p.backed_up_at}, ${p.name}, ${p.created_at}
          FROM users WHERE users.id = ${p.user_id}
           AND (SELECT count(*) FROM passkeys WHERE user_id = ${p.user_id}) < ${passkeysOfOne}
        ON CONFLICT (id) DO NOTHING`,
    auditEventInsert(event),
  ]);
}

/**
 * Notes that a passkey was used. False when it is there no more, or its signature counter has not grown although the
 * authenticator counts (WebAuthn §6.1.1): then nothing is changed.
 */
export async function consumePasskeyUse(
  database: Database,
  id: string,
  { sign_count, isBackedUp, now }: { sign_count: number; isBackedUp: boolean; now: number },
): Promise<boolean> {
  const backed_up_at = isBackedUp ? sql`COALESCE(backed_up_at, ${now})` : sql`NULL`;
  const changed = await database.run(sql`
    UPDATE passkeys SET sign_count = ${sign_count}, last_used_at = ${now}, backed_up_at = ${backed_up_at}
     WHERE id = ${id} AND (sign_count < ${sign_count} OR (sign_count = 0 AND ${sign_count} = 0))`);
  return changed === 1;
}

/** Gives a passkey of this user another name. False when there is no such passkey. */
export function updatePasskeyName(
  database: Database,
  { id, user_id, name, event }: { id: string; user_id: string; name: string; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE passkeys SET name = ${name} WHERE id = ${id} AND user_id = ${user_id}`,
    auditEventInsert(event),
  ]);
}

/**
 * Removes a passkey of this user. False when there is no such passkey. Throws a StorageError of reason `constraint`, and
 * changes nothing, when the user would be left without any way to sign in at `rp_id`, also of two that are removed at once.
 */
export function deletePasskey(
  database: Database,
  { id, user_id, rp_id, event }: { id: string; user_id: string; rp_id: string; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM passkeys WHERE id = ${id} AND user_id = ${user_id}`,
    ...refuseToLoseLastWayIn(user_id, rp_id),
    auditEventInsert(event),
  ]);
}

/** The statement that removes all passkeys of a user, for a batch. */
export function deletePasskeysOf(user_id: string): Sql {
  return sql`DELETE FROM passkeys WHERE user_id = ${user_id}`;
}

type Row = Omit<Passkey, 'transports'> & { readonly transports: string };

function toPasskey(row: Row): Passkey {
  return { ...row, transports: JSON.parse(row.transports) };
}
