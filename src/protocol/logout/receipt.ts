import type { Context } from '../../context.ts';
import { type LogoutDelivery, listLogoutDeliveriesOf } from '../../storage/logout-deliveries.ts';
import { listSessionClients, type SessionClient } from '../../storage/session-clients.ts';
import type { Client } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { lifetimesOf } from '../tokens/lifetimes.ts';

/** The clients of a session, by id: those that know it by its sid, and others that got no more than access through it. */
export interface ClientsOfSession {
  readonly knowing: readonly string[];
  readonly others: readonly string[];
}

/** A session that has ended, as it was while it stood. */
export interface EndedSession extends ClientsOfSession {
  readonly session_id: string;
  readonly ended_at: number;
}

/** What a sign-out meant for one client. */
export interface ReceiptEntry {
  readonly client: Client;
  /** Whether it knew the session by its sid. */
  readonly knewSession: boolean;
  /** The call that tells it, if it takes one. */
  readonly delivery: LogoutDelivery | undefined;
  /** Until when it keeps the access that the person allowed beyond the session (offline_access). */
  readonly offline_until: number | undefined;
  /** Until when an access token from this session may be good for somebody who does not ask us. */
  readonly access_until: number | undefined;
}

/** The clients of a session, to be asked before it ends. */
export async function listClientsOfSession(context: Context, session_id: string): Promise<ClientsOfSession> {
  const clients = await listSessionClients(context.database, session_id);
  const idsOf = (knows: boolean) =>
    clients.filter(({ knows_session }) => knows_session > 0 === knows).map(({ client_id }) => client_id);
  return { knowing: idsOf(true), others: idsOf(false) };
}

/** The logout receipt: for each client of an ended session whether it was told, and what it keeps until when. */
export async function readReceipt(context: Context, ended: EndedSession): Promise<ReceiptEntry[]> {
  const { session_id, knowing, others } = ended;
  const deliveries = await listLogoutDeliveriesOf(context.database, session_id);
  const authorized = await listSessionClients(context.database, session_id);
  const entries = await Promise.all(
    [...knowing, ...others].map(async (client_id) => {
      const client = await findClient(context, client_id);
      if (!client) return [];
      const delivery = deliveries.find((one) => one.client_id === client_id);
      const rest = authorized.find((one) => one.client_id === client_id);
      return [
        { client, knewSession: knowing.includes(client_id), delivery, ...remainder(context, client, ended, rest) },
      ];
    }),
  );
  return entries.flat();
}

/**
 * The logout receipt of sessions that ended at other browsers, where no frame of ours could tell anybody: an entry for
 * each client of each session, found by what is left of the session.
 */
export async function readReceiptElsewhere(
  context: Context,
  { session_ids, ended_at }: { readonly session_ids: readonly string[]; readonly ended_at: number },
): Promise<ReceiptEntry[]> {
  const entries = await Promise.all(
    session_ids.map(async (session_id) => {
      const authorized = await listSessionClients(context.database, session_id);
      const told = await listLogoutDeliveriesOf(context.database, session_id);
      const others = [...new Set([...authorized, ...told].map(({ client_id }) => client_id))];
      return readReceipt(context, { session_id, ended_at, knowing: [], others });
    }),
  );
  return entries.flat();
}

function remainder(
  context: Context,
  client: Client,
  { ended_at }: EndedSession,
  rest: SessionClient | undefined,
): Pick<ReceiptEntry, 'offline_until' | 'access_until'> {
  const now = context.now();
  const later = (time: number | null | undefined) => (typeof time === 'number' && time > now ? time : undefined);
  const lastToken = ended_at + lifetimesOf(context, client).accessTokenSeconds;
  return {
    offline_until: later(rest?.offline_until),
    access_until: later(Math.min(lastToken, rest?.authorized_until ?? 0)),
  };
}
