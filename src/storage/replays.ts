import { type Database, sql } from './database.ts';

/**
 * Remembers a key that may be used once, until `expires_at` (epoch seconds). True for exactly one caller, also of any
 * number at the same instant. The key names its purpose and its owner, so that no one can use up another's.
 */
export async function rememberOnce(database: Database, key: string, expires_at: number): Promise<boolean> {
  const written = await database.run(
    sql`INSERT INTO replays (key, expires_at) VALUES (${key}, ${expires_at}) ON CONFLICT (key) DO NOTHING`,
  );
  return written === 1;
}

/** Whether a key was remembered, and has not expired. */
export async function isRemembered(database: Database, key: string, now: number): Promise<boolean> {
  const row = await database.get(sql`SELECT key FROM replays WHERE key = ${key} AND expires_at > ${now}`);
  return row !== undefined;
}
