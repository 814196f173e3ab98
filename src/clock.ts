import type { FastifyBaseLogger } from 'fastify';
import { OperatorError } from './lib/operator-error.ts';
import type { Database } from './storage/database.ts';
import { findFact } from './storage/instance.ts';

/** Castellan is not older than this, so no clock that says so is right; raise it with a release. */
const earliest = Date.UTC(2026, 0, 1) / 1000;
const latest = Date.UTC(2046, 0, 1) / 1000;
/** At a start the clock may be behind what was, by so much; more is for the operator to judge. */
const longestSetBackSeconds = 2 * 3600;
/** A running process may have slept for so long; a clock that leaps further is not followed. */
const longestLeapSeconds = 30 * 86_400;
/** From here on the operator is told. */
const tellSeconds = 60;

interface ClockOptions {
  /** The machine's clock, in epoch seconds. */
  readonly wallClock: () => number;
  /** The latest time that the database knows of. */
  readonly latestTime: number;
  readonly log: FastifyBaseLogger;
}

/**
 * The time in epoch seconds, which never goes back, so that what has expired stays so: while the machine's clock is behind
 * a time that was told or is remembered, time stands still at that one.
 */
export function createClock({ wallClock, latestTime, log }: ClockOptions): () => number {
  // However long the server was off, it is `checkWallClock` that judges the first look.
  let now = Math.max(wallClock(), latestTime);
  let isHeld = false;
  return () => {
    const wall = wallClock();
    if (wall >= now && wall - now <= longestLeapSeconds) now = wall;
    const held = Math.abs(now - wall) >= tellSeconds;
    if (held && !isHeld) log.error({ machine: written(wall), castellan: written(now) }, sentence);
    isHeld = held;
    return now;
  };
}

const sentence = 'the clock has leapt, and time stands still until it is back; if the clock is right, restart';

/** The latest time that any process has written down, as epoch seconds; 0 when none has. */
export async function findLatestTime(database: Database): Promise<number> {
  return Number((await findFact(database, 'latest_time')) ?? 0);
}

/** Throws an OperatorError when the clock is of another age, or far behind what the database has seen. */
export function checkWallClock(wall: number, latestTime: number): void {
  if (wall < earliest || wall >= latest)
    throw new OperatorError(`The clock of this machine says ${written(wall)}, which cannot be; set it right.`);
  if (wall < latestTime - longestSetBackSeconds)
    throw new OperatorError(
      `The clock of this machine says ${written(wall)}, and this database was in use at ${written(latestTime)}; set the clock ` +
        'right. If it is, and was ahead before: see "The clock" in docs/operating.md.',
    );
}

function written(time: number): string {
  return new Date(time * 1000).toISOString().replace('.000', '');
}
