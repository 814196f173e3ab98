import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';

/** A person's authenticator app (TOTP, RFC 6238). */
export interface TotpAuthenticator {
  readonly user_id: string;
  readonly sealed_secret: string;
  /** The time step of the last code that was used. */
  readonly last_step: number;
  readonly created_at: number;
  readonly last_used_at: number | null;
}

/** The authenticator app of this user. */
export function findTotpAuthenticator(database: Database, user_id: string): Promise<TotpAuthenticator | undefined> {
  return database.get<TotpAuthenticator>(sql`SELECT * FROM totp_authenticators WHERE user_id = ${user_id}`);
}

/** Inserts an authenticator app, with more statements all or nothing. False when the user has one already. */
export function insertTotpAuthenticator(
  database: Database,
  a: Omit<TotpAuthenticator, 'last_used_at'>,
  { event, more = [] }: { event: AuditEvent; more?: readonly Sql[] },
): Promise<boolean> {
  return database.batch([
    sql`INSERT INTO totp_authenticators (user_id, sealed_secret, last_step, created_at)
        VALUES (${a.user_id}, ${a.sealed_secret}, ${a.last_step}, ${a.created_at}) ON CONFLICT (user_id) DO NOTHING`,
    ...more,
    auditEventInsert(event),
  ]);
}

/** Uses the code of a time step: of any number of callers at the same instant exactly one gets true, and never again. */
export async function consumeTotpStep(
  database: Database,
  user_id: string,
  { step, now }: { step: number; now: number },
): Promise<boolean> {
  const changed = await database.run(sql`
    UPDATE totp_authenticators SET last_step = ${step}, last_used_at = ${now}
     WHERE user_id = ${user_id} AND last_step < ${step}`);
  return changed === 1;
}

/** Removes the authenticator app of a user. False when there is none. */
export function deleteTotpAuthenticator(database: Database, user_id: string, event: AuditEvent): Promise<boolean> {
  return database.batch([totpAuthenticatorDelete(user_id), auditEventInsert(event)]);
}

/** The same as a statement, for a batch. */
export function totpAuthenticatorDelete(user_id: string): Sql {
  return sql`DELETE FROM totp_authenticators WHERE user_id = ${user_id}`;
}
