import type { Context } from '../../context.ts';
import { chargeCounters, keyOf } from '../../identity/throttle.ts';
import { tooManyRequests } from '../../lib/errors.ts';
import { networkOf } from '../../lib/network-address.ts';
import type { ThrottlePolicy } from '../../storage/throttles.ts';
import { type Client, isConfidential } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { findRequestingClient } from './metadata-document.ts';

/** More than a device asks while it waits, and too little to fill a disk with what is remembered of assertions. */
const policy: ThrottlePolicy = { steps: [{ attempts: 2000, seconds: 60 }], forgetSeconds: 3600 };

/**
 * The client of a request that comes before any person has allowed it, a push or that of a device: also a *stranger*,
 * which describes itself and is not written down. What a stranger authenticates with is of its own making and proves to
 * nobody who it is, so that such requests are counted by network. Throws as `findRequestingClient` does, and 429.
 */
export async function findBeginningClient(
  context: Context,
  client_id: string,
  address: string,
): Promise<Client | undefined> {
  const client = await findRequestingClient(context, client_id);
  if (!client || !isConfidential(client) || !(await isStranger(context, client))) return client;
  const key = keyOf(context, 'stranger', networkOf(address));
  const seconds = await chargeCounters(context, [{ key, policy }]);
  if (seconds === undefined) return client;
  throw tooManyRequests('too many requests of clients that nobody here has allowed yet', {
    headers: { 'retry-after': String(seconds) },
  });
}

/**
 * Under what the waiting requests of this client are counted: its own name, or for all strangers together the same one,
 * since anybody can be as many of them as they like. Whether anything proves who sends them goes along.
 */
export async function countingOf(
  context: Context,
  client: Client,
): Promise<{ readonly counted_under: string; readonly isAuthenticated: boolean }> {
  if (await isStranger(context, client)) return { counted_under: '', isAuthenticated: false };
  return { counted_under: client.client_id, isAuthenticated: isConfidential(client) };
}

async function isStranger(context: Context, { described, client_id }: Client): Promise<boolean> {
  return described === true && (await findClient(context, client_id)) === undefined;
}
