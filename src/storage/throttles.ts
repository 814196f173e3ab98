import { type Database, join, sql } from './database.ts';

/** How attempts are slowed down: from `attempts` on, the next one is refused for `seconds`. */
export interface ThrottleStep {
  readonly attempts: number;
  readonly seconds: number;
}

/** The steps from the fewest attempts up; after `forgetSeconds` without an attempt the count begins anew. */
export interface ThrottlePolicy {
  readonly steps: readonly [ThrottleStep, ...ThrottleStep[]];
  readonly forgetSeconds: number;
}

/**
 * Counts an attempt, unless attempts are refused just now: then undefined. One statement decides, so that of any number
 * of attempts at the same instant no more get through than the steps allow. Resolves with the attempts counted.
 */
export async function chargeThrottle(
  database: Database,
  key: string,
  { now, policy }: { now: number; policy: ThrottlePolicy },
): Promise<number | undefined> {
  const attempts = sql`(CASE WHEN throttles.updated_at <= ${now - policy.forgetSeconds} THEN 1
                             ELSE throttles.attempts + 1 END)`;
  const steps = policy.steps.toReversed();
  const seconds = join(
    steps.map((step) => sql`WHEN ${attempts} >= ${step.attempts} THEN CAST(${step.seconds} AS BIGINT)`),
    ' ',
  );
  // A time further away than any step was set by a clock that has been put back since.
  const longest = Math.max(...steps.map((step) => step.seconds));
  const row = await database.get<{ attempts: number }>(sql`
    INSERT INTO throttles (key, attempts, refused_until, updated_at) VALUES (${key}, 1, ${now}, ${now})
    ON CONFLICT (key) DO UPDATE SET attempts = ${attempts},
                                    refused_until = ${now} + (CASE ${seconds} ELSE 0 END), updated_at = ${now}
     WHERE throttles.refused_until <= ${now} OR throttles.refused_until > ${now + longest}
    RETURNING attempts`);
  return row?.attempts;
}

/** Until when attempts are refused, in epoch seconds; undefined when nothing has been counted. */
export async function findRefusedUntil(database: Database, key: string): Promise<number | undefined> {
  const row = await database.get<{ refused_until: number }>(
    sql`SELECT refused_until FROM throttles WHERE key = ${key}`,
  );
  return row?.refused_until;
}

/** Takes one attempt back that was charged, for it turned out to be right; a delay that it set stays. */
export async function refundThrottle(database: Database, key: string): Promise<void> {
  await database.run(sql`UPDATE throttles SET attempts = attempts - 1 WHERE key = ${key} AND attempts > 0`);
}

/** Forgets every attempt. */
export async function deleteThrottle(database: Database, key: string): Promise<void> {
  await database.run(sql`DELETE FROM throttles WHERE key = ${key}`);
}
