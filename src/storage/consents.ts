import { type Database, sql } from './database.ts';

/** What a person allowed a client: scope values separated by blanks. */
export interface Consent {
  readonly user_id: string;
  readonly client_id: string;
  readonly scope: string;
  readonly granted_at: number;
}

/** The remembered consent of this person for this client. */
export function findConsent(database: Database, user_id: string, client_id: string): Promise<Consent | undefined> {
  return database.get<Consent>(sql`SELECT * FROM consents WHERE user_id = ${user_id} AND client_id = ${client_id}`);
}

/** Remembers a consent in place of the one before. */
export async function upsertConsent(database: Database, consent: Consent): Promise<void> {
  const { user_id, client_id, scope, granted_at } = consent;
  await database.run(sql`
    INSERT INTO consents (user_id, client_id, scope, granted_at)
    VALUES (${user_id}, ${client_id}, ${scope}, ${granted_at})
    ON CONFLICT (user_id, client_id) DO UPDATE SET scope = excluded.scope, granted_at = excluded.granted_at`);
}

/** What a person allowed, client by client. */
export function listConsents(database: Database, user_id: string): Promise<Consent[]> {
  return database.all<Consent>(sql`SELECT * FROM consents WHERE user_id = ${user_id} ORDER BY client_id`);
}

/** Withdraws a consent, and with it every authorization that this person gave this client. */
export function withdrawConsent(
  database: Database,
  { user_id, client_id, now }: { user_id: string; client_id: string; now: number },
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM consents WHERE user_id = ${user_id} AND client_id = ${client_id}`,
    sql`UPDATE authorizations SET revoked_at = ${now}
         WHERE user_id = ${user_id} AND client_id = ${client_id} AND revoked_at IS NULL`,
  ]);
}
