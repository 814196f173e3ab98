import type { Context } from '../context.ts';
import { networkOf } from '../lib/network-address.ts';
import {
  chargeThrottle,
  deleteThrottle,
  findRefusedUntil,
  refundThrottle,
  type ThrottlePolicy,
} from '../storage/throttles.ts';

/**
 * Five guesses at an account are free, then each waits longer, five minutes at most: the owner at a new device is never
 * kept out for good, and a stranger gets fewer than 300 guesses a day, none of them at a password of the common ones.
 */
const accountPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 5, seconds: 10 },
    { attempts: 6, seconds: 30 },
    { attempts: 7, seconds: 60 },
    { attempts: 8, seconds: 120 },
    { attempts: 9, seconds: 300 },
  ],
  forgetSeconds: 3600,
};

/**
 * One address may be a whole company, and what was right is taken back: only wrong guesses add up. One that tries a
 * stolen list of names and passwords is down to one a minute after a hundred.
 */
const addressPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 50, seconds: 5 },
    { attempts: 60, seconds: 15 },
    { attempts: 80, seconds: 30 },
    { attempts: 100, seconds: 60 },
  ],
  forgetSeconds: 1800,
};

/** Whom a guess is counted against. */
export interface Guess {
  /** The user's id; of a name that nobody has, its normalised form. */
  readonly account: string;
  readonly address: string;
  /** The id of a device at which this user has signed in before. */
  readonly device?: string | undefined;
}

/**
 * Counts a guess before it is looked at; resolves with the seconds to wait when it must not be looked at, otherwise
 * undefined. At a device that the user has signed in with, only that device's own guesses count, so that nobody
 * elsewhere can lock the owner out. Nothing of what was typed is stored: keys are derived under the secret key.
 */
export function chargeGuess(context: Context, guess: Guess): Promise<number | undefined> {
  return chargeCounters(context, countersOf(context, guess));
}

/** Tells that a guess was right: the account's counter begins anew, and the address gets back this one only. */
export async function forgiveGuess(context: Context, guess: Guess): Promise<void> {
  const counters = countersOf(context, guess);
  await Promise.all(
    counters.map(({ key, refund }) => (refund ? refundThrottle : deleteThrottle)(context.database, key)),
  );
}

/** A person types a few codes wrong at most; one who tries them out gets 300 a day, of 25 thousand million. */
const codePolicy: ThrottlePolicy = {
  steps: [
    { attempts: 10, seconds: 30 },
    { attempts: 12, seconds: 120 },
    { attempts: 15, seconds: 300 },
  ],
  forgetSeconds: 3600,
};

/** Counts a code that somebody signed in types in, before it is looked up; resolves as `chargeGuess` does. */
export function chargeCodeGuess(
  context: Context,
  { user_id, address }: { user_id: string; address: string },
): Promise<number | undefined> {
  return chargeCounters(context, [
    { key: keyOf(context, 'code', user_id), policy: codePolicy },
    { key: keyOf(context, 'code-address', networkOf(address)), policy: addressPolicy },
  ]);
}

/** A code was right: the person's count begins anew. */
export async function forgiveCodeGuesses(context: Context, user_id: string): Promise<void> {
  await deleteThrottle(context.database, keyOf(context, 'code', user_id));
}

/**
 * Whoever guesses at a second factor knows the password. A stranger gets eight guesses in the first hour, then six a
 * day, of a million codes of which three count.
 */
const secondFactorPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 5, seconds: 60 },
    { attempts: 6, seconds: 300 },
    { attempts: 7, seconds: 900 },
    { attempts: 8, seconds: 3600 },
    { attempts: 9, seconds: 14_400 },
  ],
  forgetSeconds: 86_400,
};

/** At a device that the user has signed in with: ten in the first hour, and nobody waits for longer than a quarter of one. */
const secondFactorAtDevicePolicy: ThrottlePolicy = {
  steps: [
    { attempts: 5, seconds: 60 },
    { attempts: 6, seconds: 300 },
    { attempts: 7, seconds: 900 },
  ],
  forgetSeconds: 3600,
};

/** Counts a guess at a second factor before it is looked at; resolves as `chargeGuess` does, with the same exception. */
export function chargeSecondFactorGuess(context: Context, guess: Omit<Guess, 'address'>): Promise<number | undefined> {
  return chargeCounters(context, [secondFactorCounter(context, guess)]);
}

/** A second factor was right: the count begins anew. */
export async function forgiveSecondFactorGuesses(context: Context, guess: Omit<Guess, 'address'>): Promise<void> {
  await deleteThrottle(context.database, secondFactorCounter(context, guess).key);
}

/** What an attempt is counted against. */
export interface Counter {
  /** Made by `keyOf`, so that neither a name nor an address is stored. */
  readonly key: string;
  readonly policy: ThrottlePolicy;
}

/**
 * Counts an attempt against each counter in turn; resolves with the seconds to wait when one of them refuses it, and the
 * ones behind that one do not count it. Otherwise undefined.
 */
export async function chargeCounters(context: Context, counters: readonly Counter[]): Promise<number | undefined> {
  for (const { key, policy } of counters) {
    const now = context.now();
    if ((await chargeThrottle(context.database, key, { now, policy })) !== undefined) continue;
    const refusedUntil = await findRefusedUntil(context.database, key);
    return Math.max(1, (refusedUntil ?? now) - now);
  }
  return undefined;
}

/** The key of a counter, derived under the secret key from what it counts. */
export function keyOf(context: Context, ...parts: readonly string[]): string {
  return context.secretKey.derive('throttle', JSON.stringify(parts)).toString('base64url', 0, 24);
}

function secondFactorCounter(context: Context, { account, device }: Omit<Guess, 'address'>): Counter {
  return device === undefined
    ? { key: keyOf(context, 'second-factor', account), policy: secondFactorPolicy }
    : { key: keyOf(context, 'second-factor-device', device, account), policy: secondFactorAtDevicePolicy };
}

interface RefundableCounter extends Counter {
  /** Whether a right guess gives back only itself. */
  readonly refund: boolean;
}

/** The address first: a guess that it stops is not counted against the account. */
function countersOf(context: Context, { account, address, device }: Guess): RefundableCounter[] {
  const key = (...parts: string[]) => keyOf(context, ...parts);
  if (device !== undefined) return [{ key: key('device', device, account), policy: accountPolicy, refund: false }];
  return [
    { key: key('address', networkOf(address)), policy: addressPolicy, refund: true },
    { key: key('account', account), policy: accountPolicy, refund: false },
  ];
}
