import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';

/** The statements that put a new set of codes in place of the old one, for a batch. */
export function replaceRecoveryCodes(
  user_id: string,
  { code_hashes, now }: { code_hashes: readonly string[]; now: number },
): [Sql, ...Sql[]] {
  return [
    // Names the user first, so that two sets made at the same instant wait for one another and the later one stays.
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${user_id}`,
    sql`DELETE FROM recovery_codes WHERE user_id = ${user_id}`,
    ...code_hashes.map(
      (code_hash) =>
        sql`INSERT INTO recovery_codes (user_id, code_hash, created_at) VALUES (${user_id}, ${code_hash}, ${now})`,
    ),
  ];
}

/** Puts a new set of codes in place of the old one, all or nothing. False when there is no such user. */
export function insertRecoveryCodes(
  database: Database,
  user_id: string,
  { code_hashes, now, event }: { code_hashes: readonly string[]; now: number; event: AuditEvent },
): Promise<boolean> {
  return database.batch([...replaceRecoveryCodes(user_id, { code_hashes, now }), auditEventInsert(event)]);
}

/** How many codes of a user have not been used, and when the set was made. */
export async function findRecoveryCodesLeft(
  database: Database,
  user_id: string,
): Promise<{ readonly left: number; readonly created_at: number | null }> {
  const row = await database.get<{ left_over: number; created_at: number | null }>(sql`
    SELECT COUNT(*) AS left_over, MAX(created_at) AS created_at FROM recovery_codes
     WHERE user_id = ${user_id} AND consumed_at IS NULL`);
  return { left: row?.left_over ?? 0, created_at: row?.created_at ?? null };
}

/** Uses a code: of any number of callers at the same instant exactly one gets true, and never again. */
export function consumeRecoveryCode(
  database: Database,
  { user_id, code_hash, now, event }: { user_id: string; code_hash: string; now: number; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE recovery_codes SET consumed_at = ${now}
         WHERE user_id = ${user_id} AND code_hash = ${code_hash} AND consumed_at IS NULL`,
    auditEventInsert(event),
  ]);
}

/** The statement that takes a user's codes away, for a batch. */
export function deleteRecoveryCodesOf(user_id: string): Sql {
  return sql`DELETE FROM recovery_codes WHERE user_id = ${user_id}`;
}
