import { type Database, type Sql, sql } from './database.ts';
import type { NewLink } from './links.ts';

/** How many have signed up and not confirmed it yet. */
export async function countSignUps(database: Database, now: number): Promise<number> {
  return (await database.get<{ count: number }>(countOf(now)))?.count ?? 0;
}

/** Inserts the link of somebody who signs up with what belongs `alongside`; false when `most` wait already. */
export function insertSignUp(
  database: Database,
  link: NewLink,
  { most, alongside }: { most: number; alongside: readonly Sql[] },
): Promise<boolean> {
  const { id, verifier_hash, detail, code_hash, created_at, expires_at } = link;
  return database.batch([
    sql`
    INSERT INTO links (id, verifier_hash, purpose, user_id, detail, code_hash, created_at, expires_at)
    SELECT ${id}, ${verifier_hash}, 'sign-up', NULL, ${JSON.stringify(detail)}, ${code_hash},
           CAST(${created_at} AS BIGINT), CAST(${expires_at} AS BIGINT)
     WHERE (${countOf(created_at)}) < ${most}`,
    ...alongside,
  ]);
}

function countOf(now: number): Sql {
  return sql`SELECT COUNT(*) AS count FROM links WHERE purpose = 'sign-up' AND consumed_at IS NULL AND expires_at > ${now}`;
}
