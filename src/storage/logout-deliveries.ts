import { type Database, empty, type Sql, sql } from './database.ts';

/** One client that is to be told, or was told, that a session has ended. */
export interface LogoutDelivery {
  readonly session_id: string;
  readonly client_id: string;
  readonly user_id: string;
  /** When the session ended. */
  readonly created_at: number;
  readonly attempts: number;
  /** What the client answered to the last attempt, if it did. */
  readonly http_status: number | null;
  /** When to try next; null once it was delivered or given up. */
  readonly next_attempt_at: number | null;
  readonly delivered_at: number | null;
  readonly given_up_at: number | null;
}

/**
 * Notes whom to tell of the end of the sessions that `condition` picks from `sessions`: their clients with an address
 * for it. Stands before the statement that deletes those sessions, so that either both happen or neither does. Who was
 * told before, because its access was withdrawn, and was used again since, is told again.
 */
export function logoutDeliveriesInsert(condition: Sql, now: number): Sql {
  return sql`
    INSERT INTO logout_deliveries (session_id, client_id, user_id, created_at, attempts, next_attempt_at)
    SELECT sessions.id, clients.client_id, sessions.user_id, ${now}, 0, ${now}
      FROM sessions
      JOIN session_clients ON session_clients.session_id = sessions.id
      JOIN clients ON clients.client_id = session_clients.client_id
     WHERE clients.backchannel_logout_uri IS NOT NULL AND ${condition}
    ON CONFLICT (session_id, client_id) DO UPDATE
      SET created_at = excluded.created_at, attempts = 0, http_status = NULL, next_attempt_at = excluded.next_attempt_at,
          delivered_at = NULL, given_up_at = NULL`;
}

/**
 * Deliveries whose time has come; of one session only, where it is given. First tries come before later ones, so that a
 * client that is down for long delays no other.
 */
export function listDueLogoutDeliveries(
  database: Database,
  { now, limit, session_id }: { now: number; limit: number; session_id?: string | undefined },
): Promise<LogoutDelivery[]> {
  return database.all<LogoutDelivery>(sql`
    SELECT * FROM logout_deliveries
     WHERE next_attempt_at <= ${now} ${session_id === undefined ? empty : sql`AND session_id = ${session_id}`}
     ORDER BY attempts, next_attempt_at LIMIT ${limit}`);
}

/**
 * Takes a delivery for one attempt, until `next_attempt_at`, when another may try. Of any number of callers that saw
 * the delivery as it is, exactly one gets true.
 */
export async function claimLogoutDelivery(
  database: Database,
  { session_id, client_id, attempts }: LogoutDelivery,
  next_attempt_at: number,
): Promise<boolean> {
  const claimed = await database.run(sql`
    UPDATE logout_deliveries SET attempts = attempts + 1, next_attempt_at = ${next_attempt_at}
     WHERE session_id = ${session_id} AND client_id = ${client_id} AND attempts = ${attempts}
       AND next_attempt_at IS NOT NULL`);
  return claimed === 1;
}

/** How an attempt went: delivered, to be tried again, or given up. */
export type LogoutAttempt = Pick<LogoutDelivery, 'http_status' | 'next_attempt_at' | 'delivered_at' | 'given_up_at'>;

/** Notes how an attempt went. */
export async function updateLogoutDelivery(
  database: Database,
  { session_id, client_id }: Pick<LogoutDelivery, 'session_id' | 'client_id'>,
  { http_status, next_attempt_at, delivered_at, given_up_at }: LogoutAttempt,
): Promise<void> {
  await database.run(sql`
    UPDATE logout_deliveries SET http_status = ${http_status}, next_attempt_at = ${next_attempt_at},
                                 delivered_at = ${delivered_at}, given_up_at = ${given_up_at}
     WHERE session_id = ${session_id} AND client_id = ${client_id}`);
}

/** Whom to tell of the end of one session, by client. */
export function listLogoutDeliveriesOf(database: Database, session_id: string): Promise<LogoutDelivery[]> {
  return database.all<LogoutDelivery>(
    sql`SELECT * FROM logout_deliveries WHERE session_id = ${session_id} ORDER BY client_id`,
  );
}

/** Where a page of the delivery log ends. */
export type LogoutDeliveryCursor = Pick<LogoutDelivery, 'created_at' | 'session_id' | 'client_id'>;

/** The delivery log, the newest first, from behind `after` on; of one client, or only what was not delivered yet. */
export function listLogoutDeliveries(
  database: Database,
  filter: {
    limit: number;
    after?: LogoutDeliveryCursor | undefined;
    client_id?: string | undefined;
    undelivered?: boolean | undefined;
  },
): Promise<LogoutDelivery[]> {
  const { limit, after, client_id, undelivered } = filter;
  return database.all<LogoutDelivery>(sql`
    SELECT * FROM logout_deliveries
     WHERE 1 = 1
       ${after ? sql`AND (created_at, session_id, client_id) < (${after.created_at}, ${after.session_id}, ${after.client_id})` : empty}
       ${client_id === undefined ? empty : sql`AND client_id = ${client_id}`}
       ${undelivered ? sql`AND delivered_at IS NULL` : empty}
     ORDER BY created_at DESC, session_id DESC, client_id DESC LIMIT ${limit}`);
}
