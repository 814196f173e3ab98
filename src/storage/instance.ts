import { type Database, sql } from './database.ts';

/** The facts about this installation that are remembered beside its rows. */
export type InstanceFact = 'schema_version' | 'secret_fingerprint' | 'setup_completed_at';

/** The value of a fact, or undefined while it is not known. */
export async function findInstanceFact(database: Database, name: InstanceFact): Promise<string | undefined> {
  const row = await database.get<{ value: string }>(sql`SELECT value FROM instance WHERE name = ${name}`);
  return row?.value;
}

/** Remembers a fact unless it is known already, and returns what is remembered then: of several callers one is heard. */
export async function rememberInstanceFact(database: Database, name: InstanceFact, value: string): Promise<string> {
  await database.run(sql`INSERT INTO instance (name, value) VALUES (${name}, ${value}) ON CONFLICT (name) DO NOTHING`);
  return (await findInstanceFact(database, name)) ?? value;
}
