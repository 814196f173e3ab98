import { type Database, empty, held, type Sql, sql } from './database.ts';

/** A row of `consents`; scope and resource are separated by blanks. */
export interface ConsentRow {
  readonly user_id: string;
  readonly client_id: string;
  readonly scope: string;
  readonly resource: string;
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
    INSERT INTO consents (user_id, client_id, scope, resource, granted_at)
    VALUES (${row.user_id}, ${row.client_id}, ${row.scope}, ${row.resource}, ${row.granted_at})
    ON CONFLICT (user_id, client_id) DO NOTHING`);
  return written === 1;
}

/** Puts a consent in the place of `before`. False when that was changed or withdrawn meanwhile. */
export async function replaceConsent(database: Database, row: ConsentRow, before: ConsentRow): Promise<boolean> {
  const written = await database.run(sql`
    UPDATE consents SET scope = ${row.scope}, resource = ${row.resource}, granted_at = ${row.granted_at}
     WHERE ${isStillThere(before)}`);
  return written === 1;
}

/** Withdraws a consent, and with it every authorization that this person gave this client. False when there is none. */
export function deleteConsent(
  database: Database,
  { user_id, client_id, now }: { user_id: string; client_id: string; now: number },
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM consents WHERE user_id = ${user_id} AND client_id = ${client_id}`,
    sql`UPDATE authorizations SET revoked_at = ${now}
         WHERE user_id = ${user_id} AND client_id = ${client_id} AND revoked_at IS NULL`,
  ]);
}

/**
 * A further condition of a write that needs this consent, which stays as it was read until the write is done. Without one
 * nothing is needed.
 */
export function andConsentStands(consent: ConsentRow | undefined): Sql {
  return consent ? sql`AND EXISTS (SELECT 1 FROM consents WHERE ${isStillThere(consent)} ${held})` : empty;
}

function isStillThere({ user_id, client_id, scope, resource }: ConsentRow): Sql {
  return sql`consents.user_id = ${user_id} AND consents.client_id = ${client_id}
             AND consents.scope = ${scope} AND consents.resource = ${resource}`;
}
