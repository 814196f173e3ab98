import { type Database, empty, held, type Sql, sql } from './database.ts';
import { logoutDeliveriesInsert } from './logout-deliveries.ts';

/** A row of `consents`; scope, declined scope and resource are separated by blanks. */
export interface ConsentRow {
  readonly user_id: string;
  readonly client_id: string;
  readonly scope: string;
  readonly resource: string;
  /** The scope values that the person was asked for and left out. */
  readonly declined: string;
  readonly granted_at: number;
}

/** The consent of this person for this client. */
export function findConsentRow(
  database: Database,
  user_id: string,
  client_id: string,
): Promise<ConsentRow | undefined> {
  return database.get<ConsentRow>(sql`SELECT * FROM consents WHERE user_id = ${user_id} AND client_id = ${client_id}`);
}

/** What a person allowed, client by client. */
export function listConsentRows(database: Database, user_id: string): Promise<ConsentRow[]> {
  return database.all<ConsentRow>(sql`SELECT * FROM consents WHERE user_id = ${user_id} ORDER BY client_id`);
}

/** Writes the first consent of a person for a client. False when there is one. */
export async function insertConsent(database: Database, row: ConsentRow): Promise<boolean> {
  const written = await database.run(sql`
    INSERT INTO consents (user_id, client_id, scope, resource, declined, granted_at)
    VALUES (${row.user_id}, ${row.client_id}, ${row.scope}, ${row.resource}, ${row.declined}, ${row.granted_at})
    ON CONFLICT (user_id, client_id) DO NOTHING`);
  return written === 1;
}

/**
 * Puts a consent in the place of `before`; where that takes something away, every authorization of before ends. False
 * when it was changed or withdrawn meanwhile.
 */
export function replaceConsent(
  database: Database,
  row: ConsentRow,
  { before, takesAway }: { before: ConsentRow; takesAway: boolean },
): Promise<boolean> {
  const { user_id, client_id, granted_at } = row;
  return database.batch([
    sql`UPDATE consents SET scope = ${row.scope}, resource = ${row.resource}, declined = ${row.declined},
                            granted_at = ${granted_at}
         WHERE ${isStillThere(before)}`,
    ...(takesAway ? [revokeStatement(user_id, client_id, granted_at)] : []),
  ]);
}

/**
 * Withdraws a consent, and with it every authorization that this person gave this client; the client leaves the
 * person's sessions, and is told so. False when there is none.
 */
export function deleteConsent(
  database: Database,
  { user_id, client_id, now }: { user_id: string; client_id: string; now: number },
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM consents WHERE user_id = ${user_id} AND client_id = ${client_id}`,
    revokeStatement(user_id, client_id, now),
    ...leaveSessionsStatements(user_id, client_id, now),
  ]);
}

/** The same for a client that needs no consent. False when it has no authorization that stands. */
export function revokeAuthorizationsFor(
  database: Database,
  { user_id, client_id, now }: { user_id: string; client_id: string; now: number },
): Promise<boolean> {
  return database.batch([
    revokeStatement(user_id, client_id, now),
    ...leaveSessionsStatements(user_id, client_id, now),
  ]);
}

/**
 * A further condition of a write that needs this consent, which stays as it was read until the write is done. Without one
 * nothing is needed.
 */
export function andConsentStands(consent: ConsentRow | undefined): Sql {
  return consent ? sql`AND EXISTS (SELECT 1 FROM consents WHERE ${isStillThere(consent)} ${held})` : empty;
}

function revokeStatement(user_id: string, client_id: string, now: number): Sql {
  return sql`UPDATE authorizations SET revoked_at = ${now}
              WHERE user_id = ${user_id} AND client_id = ${client_id} AND revoked_at IS NULL`;
}

function leaveSessionsStatements(user_id: string, client_id: string, now: number): Sql[] {
  return [
    logoutDeliveriesInsert(sql`sessions.user_id = ${user_id} AND clients.client_id = ${client_id}`, now),
    sql`DELETE FROM session_clients
         WHERE client_id = ${client_id} AND session_id IN (SELECT id FROM sessions WHERE user_id = ${user_id})`,
  ];
}

function isStillThere({ user_id, client_id, scope, resource, declined }: ConsentRow): Sql {
  return sql`consents.user_id = ${user_id} AND consents.client_id = ${client_id} AND consents.scope = ${scope}
             AND consents.resource = ${resource} AND consents.declined = ${declined}`;
}
