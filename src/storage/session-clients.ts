import { type Database, type Sql, sql } from './database.ts';

/** Notes that a client knows a session by its sid, as a statement for the batch that writes the authorization. */
export function sessionClientInsert({ session_id, client_id }: { session_id: string; client_id: string }): Sql {
  return sql`INSERT INTO session_clients (session_id, client_id) VALUES (${session_id}, ${client_id})
             ON CONFLICT (session_id, client_id) DO NOTHING`;
}

/** What is known of a client's part in a session, ended or not. */
export interface SessionClient {
  readonly client_id: string;
  /** Whether it got the sid, and so can be told of the session's end. */
  readonly knows_session: number;
  /** When the last of its authorizations ends that outlive the session, if there is one that stands. */
  readonly offline_until: number | null;
  /** When the last of all its authorizations would have ended. */
  readonly authorized_until: number | null;
}

/** The clients that a session was used for, by id. */
export function listSessionClients(database: Database, session_id: string): Promise<SessionClient[]> {
  return database.all<SessionClient>(sql`
    SELECT c.client_id,
           (SELECT COUNT(*) FROM session_clients k
             WHERE k.session_id = ${session_id} AND k.client_id = c.client_id) AS knows_session,
           (SELECT MAX(a.expires_at) FROM authorizations a
             WHERE a.session_id = ${session_id} AND a.client_id = c.client_id
               AND a.offline_at IS NOT NULL AND a.revoked_at IS NULL) AS offline_until,
           (SELECT MAX(a.expires_at) FROM authorizations a
             WHERE a.session_id = ${session_id} AND a.client_id = c.client_id) AS authorized_until
      FROM (SELECT client_id FROM session_clients WHERE session_id = ${session_id}
            UNION SELECT client_id FROM authorizations WHERE session_id = ${session_id}) c
     ORDER BY c.client_id`);
}

/** Which clients each session of a person that stands was used for. */
export function listClientsOfSessions(
  database: Database,
  user_id: string,
): Promise<{ readonly session_id: string; readonly client_id: string }[]> {
  return database.all(sql`
    SELECT k.session_id, k.client_id FROM session_clients k JOIN sessions s ON s.id = k.session_id
     WHERE s.user_id = ${user_id}
    UNION
    SELECT a.session_id, a.client_id FROM authorizations a JOIN sessions s ON s.id = a.session_id
     WHERE s.user_id = ${user_id} AND a.user_id = ${user_id} AND a.revoked_at IS NULL`);
}
