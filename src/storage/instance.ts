import { type Database, sql } from './database.ts';

/** The facts about this installation that the table `instance` remembers, by name. */
export type FactName = 'schema_version' | 'secret_fingerprint' | 'setup_completed_at' | 'latest_time';

/** The value of a fact, or undefined while it is not known. */
export async function findFact(database: Database, name: FactName): Promise<string | undefined> {
  const fact = await database.get<{ value: string }>(sql`SELECT value FROM instance WHERE name = ${name}`);
  return fact?.value;
}

/** Writes a fact that never changes; of any number of callers exactly one gets true, and its value stays. */
export async function insertFactOnce(database: Database, name: FactName, value: string): Promise<boolean> {
  const inserted = await database.run(
    sql`INSERT INTO instance (name, value) VALUES (${name}, ${value}) ON CONFLICT (name) DO NOTHING`,
  );
  return inserted === 1;
}

/** Writes a fact, over an earlier value if there is one. */
export async function setFact(database: Database, name: FactName, value: string): Promise<void> {
  await database.run(sql`
    INSERT INTO instance (name, value) VALUES (${name}, ${value})
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
}

/** Writes a fact that is a number and only grows: a larger one stays, whoever writes at the same instant. */
export async function raiseFact(database: Database, name: FactName, value: number): Promise<void> {
  await database.run(sql`
    INSERT INTO instance (name, value) VALUES (${name}, ${String(value)})
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
     WHERE CAST(instance.value AS BIGINT) < CAST(excluded.value AS BIGINT)`);
}
