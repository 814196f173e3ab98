import { empty, type Sql, sql } from './database.ts';

/**
 * The condition on a row of `users` that its owner can begin a sign-in: with a password, a passkey for the host `rp_id`,
 * or an account at an identity provider that is enabled; `without` names one that does not count. Mail does not either:
 * it is up to a mail server, and to whoever reads that mailbox.
 */
export function hasWayIn(rp_id: string, { without }: { readonly without?: Sql } = {}): Sql {
  return sql`(
    users.password_hash IS NOT NULL
    OR EXISTS (SELECT 1 FROM passkeys WHERE passkeys.user_id = users.id AND passkeys.rp_id = ${rp_id})
    OR EXISTS (SELECT 1 FROM federated_identities AS way JOIN identity_providers ON identity_providers.name = way.provider
                WHERE way.user_id = users.id AND identity_providers.disabled_at IS NULL
                      ${without === undefined ? empty : sql`AND way.provider <> ${without}`}))`;
}

/**
 * Fails the batch when a user is left without any way to begin a sign-in. Who removes one waits for who removes another,
 * for on PostgreSQL two could otherwise each count on the other's row.
 */
export function refuseToLoseLastWayIn(user_id: string, rp_id: string): Sql[] {
  return [
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${user_id}`,
    sql`INSERT INTO instance (name, value)
        SELECT 'way-in', NULL FROM users WHERE id = ${user_id} AND NOT ${hasWayIn(rp_id)}`,
  ];
}
