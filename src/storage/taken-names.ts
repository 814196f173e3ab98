import { type Database, join, sql } from './database.ts';

const atOnce = 500;

/** Which of these normalised user names and e-mail addresses a user has already, as either; an address that is only claimed is free. */
export async function findTakenKeys(database: Database, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (let start = 0; start < keys.length; start += atOnce) {
    const some = keys.slice(start, start + atOnce);
    const rows = await database.all<{ username_key: string; email_key: string | null }>(sql`
      SELECT username_key, CASE WHEN email_claimed_at IS NULL THEN email_key END AS email_key
        FROM users WHERE username_key IN (${join(some)}) OR email_key IN (${join(some)})`);
    for (const { username_key, email_key } of rows) {
      taken.add(username_key);
      if (email_key !== null) taken.add(email_key);
    }
  }
  return taken;
}
