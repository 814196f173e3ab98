import { type Database, sql } from './database.ts';

/** Revokes one access token until it would have expired anyway. */
export async function insertRevokedAccessToken(database: Database, jti: string, expires_at: number): Promise<void> {
  await database.run(
    sql`INSERT INTO revoked_access_tokens (jti, expires_at) VALUES (${jti}, ${expires_at}) ON CONFLICT (jti) DO NOTHING`,
  );
}

/** Whether this one access token was revoked. */
export async function isAccessTokenRevoked(database: Database, jti: string): Promise<boolean> {
  return (await database.get(sql`SELECT jti FROM revoked_access_tokens WHERE jti = ${jti}`)) !== undefined;
}
