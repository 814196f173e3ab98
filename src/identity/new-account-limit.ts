import type { Context } from '../context.ts';
import { networkOf } from '../lib/network-address.ts';
import { refundThrottle, type ThrottlePolicy } from '../storage/throttles.ts';
import { chargeCounters, keyOf } from './throttle.ts';

/**
 * One network may be a school on its first day; what comes of nothing but a flood is down to a few an hour after thirty
 * attempts.
 */
const networkPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 20, seconds: 30 },
    { attempts: 30, seconds: 300 },
    { attempts: 40, seconds: 900 },
  ],
  forgetSeconds: 3600,
};

/** A code is typed wrong a few times at most; after that its hour is over. */
const codePolicy: ThrottlePolicy = { steps: [{ attempts: 5, seconds: 3600 }], forgetSeconds: 7200 };

/**
 * Counts an attempt to make an account before anything is looked at; resolves with the seconds to wait when it must not
 * be looked at, otherwise undefined.
 */
export function chargeNewAccount(context: Context, address: string): Promise<number | undefined> {
  return chargeCounters(context, [{ key: networkKey(context, address), policy: networkPolicy }]);
}

/** An account came of an attempt by somebody who was invited: it does not count. */
export async function refundNewAccount(context: Context, address: string): Promise<void> {
  await refundThrottle(context.database, networkKey(context, address));
}

/** Counts a guess at what confirms a sign-up, whether or not there is one of this id; resolves as the others do. */
export function chargeConfirmation(context: Context, id: string): Promise<number | undefined> {
  return chargeCounters(context, [{ key: keyOf(context, 'sign-up-code', id), policy: codePolicy }]);
}

const networkKey = (context: Context, address: string): string => keyOf(context, 'new-account', networkOf(address));
