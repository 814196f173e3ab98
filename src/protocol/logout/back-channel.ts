import type { Context } from '../../context.ts';
import {
  claimLogoutDelivery,
  type LogoutAttempt,
  type LogoutDelivery,
  listDueLogoutDeliveries,
  updateLogoutDelivery,
} from '../../storage/logout-deliveries.ts';
import type { Client } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { issueLogoutToken } from './logout-token.ts';

/** How long to wait after each failed attempt, in seconds; after the last one the delivery is given up. */
const backoffSeconds = [10, 60, 300, 1800, 7200, 21_600, 43_200];
/** An attempt that has left no trace after this time died with its process, and another may try. */
const claimSeconds = 30;
const atOnce = 50;

/**
 * Tells clients of ended sessions (OpenID Connect Back-Channel Logout 1.0 §2.5), all at once: those whose time has
 * come, or of one session only. Resolves when each has answered or failed; what failed waits for its next time.
 * Resolves with how many there were, at most `atOnce`. Throws only when the storage fails.
 */
export async function deliverLogoutTokens(
  context: Context,
  { session_id }: { readonly session_id?: string } = {},
): Promise<number> {
  const due = await listDueLogoutDeliveries(context.database, { now: context.now(), limit: atOnce, session_id });
  await Promise.all(due.map((delivery) => attempt(context, delivery)));
  return due.length;
}

async function attempt(context: Context, delivery: LogoutDelivery): Promise<void> {
  const { database, now } = context;
  if (!(await claimLogoutDelivery(database, delivery, now() + claimSeconds))) return;
  const client = await findClient(context, delivery.client_id);
  const address = client?.backchannel_logout_uri;
  if (client === undefined || address === undefined)
    return updateLogoutDelivery(database, delivery, { ...undecided, given_up_at: now() });
  const http_status = await send(context, { client, address, delivery });
  await updateLogoutDelivery(database, delivery, outcome(delivery.attempts, http_status, now()));
}

/** Sends a logout token; the status of the client's answer, or null when there was none. */
async function send(
  context: Context,
  { client, address, delivery }: { client: Client; address: string; delivery: LogoutDelivery },
): Promise<number | null> {
  const { client_id, session_id } = delivery;
  try {
    const logout_token = await issueLogoutToken(context, client, delivery);
    const { status } = await context.fetchPublic(address, { method: 'POST', form: { logout_token } });
    if (!isDelivered(status)) context.log.warn({ client_id, sid: session_id, status }, 'a logout token was not taken');
    return status;
  } catch (error) {
    context.log.warn({ err: error, client_id, sid: session_id }, 'a logout token could not be delivered');
    return null;
  }
}

const undecided: LogoutAttempt = { http_status: null, next_attempt_at: null, delivered_at: null, given_up_at: null };

function outcome(attemptsBefore: number, http_status: number | null, now: number): LogoutAttempt {
  const answered = { ...undecided, http_status };
  if (http_status !== null && isDelivered(http_status)) return { ...answered, delivered_at: now };
  const wait = backoffSeconds[attemptsBefore];
  return wait === undefined ? { ...answered, given_up_at: now } : { ...answered, next_attempt_at: now + wait };
}

/** §2.8: 200, and what some frameworks make of an empty 200. */
const isDelivered = (status: number): boolean => status === 200 || status === 204;
