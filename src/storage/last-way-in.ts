import { type Sql, sql } from './database.ts';

/**
 * Fails the batch when a user is left without any way to begin a sign-in: neither a password, nor a passkey for the host
 * `rp_id`, nor an account at an identity provider that is enabled. Who removes one waits for who removes another, for on
 * PostgreSQL two could otherwise each count on the other's row.
 */
export function refuseToLoseLastWayIn(user_id: string, rp_id: string): Sql[] {
  return [
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${user_id}`,
    sql`INSERT INTO instance (name, value)
        SELECT 'way-in', NULL FROM users
         WHERE id = ${user_id} AND password_hash IS NULL
           AND NOT EXISTS (SELECT 1 FROM passkeys WHERE user_id = ${user_id} AND rp_id = ${rp_id})
           AND NOT EXISTS (SELECT 1 FROM federated_identities f JOIN identity_providers p ON p.name = f.provider
                            WHERE f.user_id = ${user_id} AND p.disabled_at IS NULL)`,
  ];
}
