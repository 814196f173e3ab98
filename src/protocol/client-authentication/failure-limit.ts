import type { Context } from '../../context.ts';
import { chargeCounters, keyOf } from '../../identity/throttle.ts';
import { type OAuthError, tooManyRequests } from '../../lib/errors.ts';
import { networkOf } from '../../lib/network-address.ts';
import type { ThrottlePolicy } from '../../storage/throttles.ts';

/** Far more than somebody needs who is setting an application up. */
const clientPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 100, seconds: 10 },
    { attempts: 120, seconds: 60 },
  ],
  forgetSeconds: 1800,
};

/** For all clients of one network, and so for how many rows it can make by inventing names of clients. */
const networkPolicy: ThrottlePolicy = {
  steps: [
    { attempts: 400, seconds: 10 },
    { attempts: 450, seconds: 60 },
  ],
  forgetSeconds: 1800,
};

/**
 * Counts an authentication that has failed, by client and network; a client that there is not counts like any other.
 * Throws 429 instead of the failure when there have been too many, which says all the same what was wrong. Nobody asks
 * this before the credentials were looked at, so that a stranger's failures never keep the client itself out.
 */
export async function chargeFailure(
  context: Context,
  { client_id, address, failure }: { client_id: string; address: string; failure: OAuthError },
): Promise<void> {
  const network = networkOf(address);
  const seconds = await chargeCounters(context, [
    { key: keyOf(context, 'client-network', network), policy: networkPolicy },
    { key: keyOf(context, 'client', client_id, network), policy: clientPolicy },
  ]);
  if (seconds === undefined) return;
  throw tooManyRequests(`too many attempts have failed, try again in ${seconds} s: ${failure.error_description}`, {
    headers: { 'retry-after': String(seconds) },
  });
}
