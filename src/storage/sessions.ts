import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, empty, held, type Sql, sql } from './database.ts';
import { logoutDeliveriesInsert } from './logout-deliveries.ts';
import { openAccount, toUser, type User, type UserRow, userColumns } from './user-row.ts';

/** A browser signed in here. The sid that clients see is the id, or derived from it. */
export interface Session {
  readonly id: string;
  readonly verifier_hash: string;
  readonly user: User;
  /** When the person last proved who they are, in epoch seconds. */
  readonly auth_time: number;
  readonly amr: readonly string[];
  readonly acr: string;
  readonly address: string;
  readonly user_agent: string;
  readonly created_at: number;
  readonly last_used_at: number;
  readonly expires_at: number;
}

/**
 * Inserts a session, unless the account is not open (see `openAccount`) or gone or, where `password_changed_at` is given, has another password
 * by now: then false, and nothing is written.
 */
export async function insertSession(
  database: Database,
  session: Session,
  { event, password_changed_at }: { event: AuditEvent; password_changed_at?: number },
): Promise<boolean> {
  const s = session;
  return database.batch([
    sql`INSERT INTO sessions (id, verifier_hash, user_id, auth_time, amr, acr, address, user_agent, created_at,
                              last_used_at, expires_at)
        SELECT ${s.id}, ${s.verifier_hash}, id, ${s.auth_time}, ${JSON.stringify(s.amr)}, ${s.acr}, ${s.address},
               ${s.user_agent}, ${s.created_at}, ${s.last_used_at}, ${s.expires_at}
          FROM users WHERE ${maySignIn(s, password_changed_at)}`,
    auditEventInsert(event),
  ]);
}

/**
 * Gives a session of the same user a new verifier and a new auth_time: the cookie of before is dead. False, with
 * nothing written, when the session has ended or under the conditions of `insertSession`.
 */
export async function renewSession(
  database: Database,
  session: Session,
  { event, password_changed_at }: { event: AuditEvent; password_changed_at?: number },
): Promise<boolean> {
  const s = session;
  return database.batch([
    sql`UPDATE sessions SET verifier_hash = ${s.verifier_hash}, auth_time = ${s.auth_time},
                            amr = ${JSON.stringify(s.amr)}, acr = ${s.acr}, address = ${s.address},
                            user_agent = ${s.user_agent}, last_used_at = ${s.last_used_at}, expires_at = ${s.expires_at}
         WHERE id = ${s.id} AND user_id = ${s.user.id}
           AND EXISTS (SELECT 1 FROM users WHERE ${maySignIn(s, password_changed_at)})`,
    auditEventInsert(event),
  ]);
}

/** The session of this selector with its user, while the account is open; the verifier is the caller's to compare. */
export async function findSessionById(database: Database, id: string, now: number): Promise<Session | undefined> {
  const row = await database.get<SessionRow>(sql`
    SELECT ${sessionColumns}, ${userColumns} FROM sessions JOIN users ON users.id = sessions.user_id
     WHERE sessions.id = ${id} AND ${openAccount(sql`users`, now)}`);
  return row && toSession(row);
}

/** The sessions of a user that have not expired, the last used first. */
export async function listSessionsOf(
  database: Database,
  user_id: string,
  { now, usedSince }: { now: number; usedSince: number },
): Promise<Session[]> {
  const rows = await database.all<SessionRow>(sql`
    SELECT ${sessionColumns}, ${userColumns} FROM sessions JOIN users ON users.id = sessions.user_id
     WHERE sessions.user_id = ${user_id} AND sessions.expires_at > ${now} AND sessions.last_used_at > ${usedSince}
     ORDER BY sessions.last_used_at DESC, sessions.id DESC LIMIT 500`);
  return rows.map(toSession);
}

/** Notes that a session is in use. */
export async function touchSession(database: Database, id: string, now: number): Promise<void> {
  await database.run(sql`UPDATE sessions SET last_used_at = ${now} WHERE id = ${id} AND last_used_at < ${now}`);
}

/**
 * Ends a session, revokes what was bound to it, and notes which clients are to be told; what was given offline_access
 * lives on. False when it had ended.
 */
export async function deleteSession(
  database: Database,
  id: string,
  { now, event }: { now: number; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE sessions SET last_used_at = ${now} WHERE id = ${id}`,
    ...endSessionStatements(id, now),
    auditEventInsert(event),
  ]);
}

/** Deletes a session that has outlived itself and revokes what was bound to it: nobody signed out, so nobody is told. */
export async function deleteExpiredSession(database: Database, id: string, now: number): Promise<void> {
  await database.batch([sql`DELETE FROM sessions WHERE id = ${id}`, revokeBoundStatement(id, now)]);
}

/** Ends every session of a user but `kept`, and revokes what was bound to them. False when there was none. */
export async function deleteSessionsOf(
  database: Database,
  user_id: string,
  { now, event, kept = '' }: { now: number; event: AuditEvent; kept?: string },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE sessions SET last_used_at = ${now} WHERE user_id = ${user_id} AND id <> ${kept}`,
    ...endSessionsOf(user_id, { now, kept }),
    auditEventInsert(event),
  ]);
}

/** The statements of `deleteSessionsOf`, for a batch. */
export function endSessionsOf(user_id: string, { now, kept }: { now: number; kept: string }): Sql[] {
  return [
    logoutDeliveriesInsert(sql`sessions.user_id = ${user_id} AND sessions.id <> ${kept}`, now),
    sql`DELETE FROM sessions WHERE user_id = ${user_id} AND id <> ${kept}`,
    sql`UPDATE authorizations SET revoked_at = ${now}
         WHERE user_id = ${user_id} AND session_id <> ${kept} AND offline_at IS NULL AND revoked_at IS NULL`,
  ];
}

interface SessionRow extends UserRow {
  readonly session_id: string;
  readonly verifier_hash: string;
  readonly auth_time: number;
  readonly amr: string;
  readonly acr: string;
  readonly address: string;
  readonly user_agent: string;
  readonly session_created_at: number;
  readonly last_used_at: number;
  readonly expires_at: number;
}

const sessionColumns = sql`
  sessions.id AS session_id, sessions.verifier_hash, sessions.auth_time, sessions.amr, sessions.acr, sessions.address,
  sessions.user_agent, sessions.created_at AS session_created_at, sessions.last_used_at, sessions.expires_at`;

function toSession(row: SessionRow): Session {
  const { session_id, verifier_hash, auth_time, amr, acr, address, user_agent } = row;
  return {
    id: session_id,
    verifier_hash,
    user: toUser(row),
    auth_time,
    amr: JSON.parse(amr),
    acr,
    address,
    user_agent,
    created_at: row.session_created_at,
    last_used_at: row.last_used_at,
    expires_at: row.expires_at,
  };
}

/** Ends the SELECT that it stands in: whoever disables the user or changes the password waits for this write. */
function maySignIn({ user, last_used_at }: Session, password_changed_at: number | undefined): Sql {
  const samePassword =
    password_changed_at === undefined ? empty : sql`AND users.password_changed_at = ${password_changed_at}`;
  return sql`users.id = ${user.id} AND ${openAccount(sql`users`, last_used_at)} ${samePassword} ${held}`;
}

function endSessionStatements(id: string, now: number): Sql[] {
  return [
    logoutDeliveriesInsert(sql`sessions.id = ${id}`, now),
    sql`DELETE FROM sessions WHERE id = ${id}`,
    revokeBoundStatement(id, now),
  ];
}

function revokeBoundStatement(id: string, now: number): Sql {
  return sql`UPDATE authorizations SET revoked_at = ${now}
              WHERE session_id = ${id} AND offline_at IS NULL AND revoked_at IS NULL`;
}
