import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, type Sql, sql } from './database.ts';
import { hasWayIn, refuseToLoseLastWayIn } from './last-way-in.ts';

/** Who a user is at an identity provider. */
export interface FederatedIdentity {
  readonly provider: string;
  readonly sub: string;
  readonly user_id: string;
  /** What the provider called the account, for the person to recognise. */
  readonly label: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
}

/** The identity of this provider and sub. */
export function findFederatedIdentity(
  database: Database,
  { provider, sub }: Pick<FederatedIdentity, 'provider' | 'sub'>,
): Promise<FederatedIdentity | undefined> {
  return database.get<FederatedIdentity>(
    sql`SELECT * FROM federated_identities WHERE provider = ${provider} AND sub = ${sub}`,
  );
}

/** The identities of a user, the oldest first. */
export function listFederatedIdentities(database: Database, user_id: string): Promise<FederatedIdentity[]> {
  return database.all<FederatedIdentity>(sql`
    SELECT * FROM federated_identities WHERE user_id = ${user_id} ORDER BY created_at, provider, sub LIMIT 100`);
}

/**
 * The statement that connects an identity to the user who is inserted with this name in the same batch. It rejects, and
 * the user with it, when that identity is connected already: of two first sign-ins at the same instant one makes the user.
 */
export function federatedIdentityInsert(
  { provider, sub, label, created_at, last_used_at }: Omit<FederatedIdentity, 'user_id'>,
  username_key: string,
): Sql {
  return sql`
    INSERT INTO federated_identities (provider, sub, user_id, label, created_at, last_used_at)
    SELECT ${provider}, ${sub}, id, ${label}, ${created_at}, ${last_used_at}
      FROM users WHERE username_key = ${username_key}`;
}

/** Connects an identity to a user. Of any number of callers at the same instant exactly one gets true. */
export function insertFederatedIdentity(
  database: Database,
  { provider, sub, user_id, label, created_at, last_used_at }: FederatedIdentity,
  event: AuditEvent,
): Promise<boolean> {
  return database.batch([
    sql`INSERT INTO federated_identities (provider, sub, user_id, label, created_at, last_used_at)
        VALUES (${provider}, ${sub}, ${user_id}, ${label}, ${created_at}, ${last_used_at})
        ON CONFLICT (provider, sub) DO NOTHING`,
    auditEventInsert(event),
  ]);
}

/** Notes that somebody signed in so. */
export async function touchFederatedIdentity(
  database: Database,
  { provider, sub }: Pick<FederatedIdentity, 'provider' | 'sub'>,
  now: number,
): Promise<void> {
  await database.run(
    sql`UPDATE federated_identities SET last_used_at = ${now} WHERE provider = ${provider} AND sub = ${sub}`,
  );
}

/**
 * Disconnects an identity of this user. False when there is none. Throws a StorageError of reason `constraint`, and
 * changes nothing, when the user would be left without any way to sign in at `rp_id`.
 */
export function deleteFederatedIdentity(
  database: Database,
  { provider, sub, user_id }: Pick<FederatedIdentity, 'provider' | 'sub' | 'user_id'>,
  { rp_id, event }: { rp_id: string; event: AuditEvent },
): Promise<boolean> {
  return database.batch([
    sql`DELETE FROM federated_identities WHERE provider = ${provider} AND sub = ${sub} AND user_id = ${user_id}`,
    ...refuseToLoseLastWayIn(user_id, rp_id),
    auditEventInsert(event),
  ]);
}

/** How many people are connected to each provider, and how many of them could not sign in at `rp_id` without it. */
export async function countFederatedIdentities(
  database: Database,
  rp_id: string,
): Promise<ReadonlyMap<string, { readonly people: number; readonly without_other: number }>> {
  const rows = await database.all<{ provider: string; people: number; without_other: number }>(sql`
    SELECT f.provider, COUNT(DISTINCT f.user_id) AS people,
           COUNT(DISTINCT CASE WHEN NOT ${hasWayIn(rp_id, { without: sql`f.provider` })} THEN users.id END) AS without_other
      FROM federated_identities f JOIN users ON users.id = f.user_id
     GROUP BY f.provider`);
  return new Map(rows.map((row) => [row.provider, row]));
}
