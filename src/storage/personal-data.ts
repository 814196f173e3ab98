import { type Database, type Sql, sql } from './database.ts';

/** The rows of a person in one table, without what only proves something to us. */
export interface PersonalTable {
  readonly table: string;
  readonly rows: (user_id: string) => Sql;
}

/**
 * Every table that holds something about a person, with what the person may see of it: no hash, no sealed value, no
 * key. A table with a user_id that is not among these turns a test red; the account itself, its groups and the audit
 * log are read by those who own them.
 */
export const personalTables: readonly PersonalTable[] = [
  {
    table: 'user_pictures',
    rows: (id) => sql`SELECT content_type, content, updated_at FROM user_pictures WHERE user_id = ${id}`,
  },
  {
    table: 'passkeys',
    rows: (id) => sql`
      SELECT id, name, rp_id, transports, aaguid, device_type, backed_up_at, created_at, last_used_at
        FROM passkeys WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'totp_authenticators',
    rows: (id) => sql`SELECT created_at, last_used_at FROM totp_authenticators WHERE user_id = ${id}`,
  },
  {
    table: 'recovery_codes',
    rows: (id) => sql`SELECT created_at, consumed_at FROM recovery_codes WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'trusted_devices',
    rows: (id) => sql`
      SELECT address, user_agent, created_at, last_used_at, expires_at
        FROM trusted_devices WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'federated_identities',
    rows: (id) => sql`
      SELECT provider, sub, label, created_at, last_used_at
        FROM federated_identities WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'sessions',
    rows: (id) => sql`
      SELECT id, auth_time, amr, acr, address, user_agent, created_at, last_used_at, expires_at
        FROM sessions WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'consents',
    rows: (id) => sql`
      SELECT client_id, scope, resource, declined, granted_at FROM consents WHERE user_id = ${id} ORDER BY client_id`,
  },
  {
    table: 'authorizations',
    rows: (id) => sql`
      SELECT client_id, session_id, scope, claims, resource, auth_time, amr, acr, offline_at, created_at, expires_at,
             revoked_at
        FROM authorizations WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'logout_deliveries',
    rows: (id) => sql`
      SELECT client_id, session_id, created_at, attempts, delivered_at, given_up_at
        FROM logout_deliveries WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'links',
    rows: (id) => sql`
      SELECT purpose, created_at, expires_at, consumed_at FROM links WHERE user_id = ${id} ORDER BY created_at`,
  },
  {
    table: 'outgoing_mails',
    rows: (id) => sql`
      SELECT recipient, purpose, subject, created_at, sent_at FROM outgoing_mails WHERE user_id = ${id} ORDER BY created_at`,
  },
];

/** What is kept about a person, table by table. */
export async function listPersonalRows(
  database: Database,
  user_id: string,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const tables = await Promise.all(
    personalTables.map(async ({ table, rows }) => [table, await database.all(rows(user_id))] as const),
  );
  return Object.fromEntries(tables);
}

/**
 * What names a person without hanging from the row of the user, for the batch in which that row goes: mails to the
 * address from before there was an account, as far as the address is known to be the person's, and the invitation that
 * the account was made with.
 */
export function deleteTracesOf(user_id: string): Sql[] {
  const own = sql`(SELECT email_key FROM users WHERE id = ${user_id} AND email_verified_at IS NOT NULL)`;
  const names = (member: string, key: Sql) =>
    sql`replace(lower(profile), ${`"${member}":"`} || (SELECT ${key} FROM users WHERE id = ${user_id}) || '"', '')
          <> lower(profile)`;
  return [
    sql`DELETE FROM outgoing_mails WHERE lower(recipient) = ${own}`,
    sql`DELETE FROM invitations
         WHERE uses_left <= 0 AND (${names('email', sql`email_key`)} OR ${names('username', sql`username_key`)})`,
  ];
}
