import type { Context } from '../../context.ts';
import { tooManyRequests } from '../../lib/errors.ts';
import { networkOf } from '../../lib/network-address.ts';
import { chargeThrottle, type ThrottlePolicy } from '../../storage/throttles.ts';

/** More than all plans of a conformance suite register in a row, and too little to fill a disk. */
const policy: ThrottlePolicy = { steps: [{ attempts: 1000, seconds: 60 }], forgetSeconds: 3600 };

/** Counts a registration that needs no token, by network. Throws 429 when there have been too many. */
export async function checkRegistrationLimit(context: Context, address: string): Promise<void> {
  const name = JSON.stringify(['registration', networkOf(address)]);
  const key = context.secretKey.derive('throttle', name).toString('base64url', 0, 24);
  if ((await chargeThrottle(context.database, key, { now: context.now(), policy })) === undefined)
    throw tooManyRequests('too many clients were registered from this network');
}
