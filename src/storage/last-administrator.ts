/** What holds that somebody can always administer: not only by right, but with a way to sign in. */
import { type Database, type Sql, sql } from './database.ts';
import { hasWayIn } from './last-way-in.ts';

/** The condition on a row of `users` that it is an administrator whose account is open. */
const administers = sql`(users.administrator_since IS NOT NULL AND users.disabled_at IS NULL
                         AND users.awaits_approval_since IS NULL)`;

/** Whether anybody else could administer when this user could not: by right alone, or also with a way to sign in. */
export async function findOtherAdministrator(
  database: Database,
  user_id: string,
  rp_id: string,
): Promise<'able' | 'unable' | undefined> {
  const row = await database.get<{ is_able: number }>(sql`
    SELECT CASE WHEN ${hasWayIn(rp_id)} THEN 1 ELSE 0 END AS is_able FROM users
     WHERE id <> ${user_id} AND ${administers} ORDER BY is_able DESC LIMIT 1`);
  return row && (row.is_able === 1 ? 'able' : 'unable');
}

/**
 * For a batch that takes from this user the right or the means to administer, between its claim and the change: fails
 * the batch when nobody could administer afterwards who could before.
 */
export function refuseToLoseAdministrator(user_id: string, { rp_id, now }: { rp_id: string; now: number }): Sql[] {
  return [
    waitForOthers(now),
    sql`INSERT INTO instance (name, value)
        SELECT 'administrator', NULL FROM users
         WHERE id = ${user_id} AND ${administers}
           AND NOT EXISTS (SELECT 1 FROM users WHERE id <> ${user_id} AND ${administers} AND ${hasWayIn(rp_id)})
           AND (${hasWayIn(rp_id)}
                OR NOT EXISTS (SELECT 1 FROM users WHERE id <> ${user_id} AND ${administers}))`,
  ];
}

/** The same for a batch that takes an identity provider, while it is enabled, from whoever signs in through it. */
export function refuseToLoseAdministratorsOf(provider: string, { rp_id, now }: { rp_id: string; now: number }): Sql[] {
  return [
    waitForOthers(now),
    sql`INSERT INTO instance (name, value)
        SELECT 'administrator', NULL
         WHERE EXISTS (SELECT 1 FROM users JOIN federated_identities ON federated_identities.user_id = users.id
                        WHERE federated_identities.provider = ${provider} AND ${administers}
                          AND EXISTS (SELECT 1 FROM identity_providers WHERE name = ${provider} AND disabled_at IS NULL))
           AND NOT EXISTS (SELECT 1 FROM users
                            WHERE ${administers} AND ${hasWayIn(rp_id, { without: sql`${provider}` })})`,
  ];
}

/** Makes such batches wait for one another, for on PostgreSQL two could otherwise each count on the other's administrator. */
function waitForOthers(now: number): Sql {
  return sql`INSERT INTO instance (name, value) VALUES ('administrators_checked_at', ${String(now)})
             ON CONFLICT (name) DO UPDATE SET value = excluded.value`;
}
