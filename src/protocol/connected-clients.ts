import type { Context } from '../context.ts';
import { allowanceOf, listConsents } from '../identity/consents.ts';
import { findLastAuthorization, listAuthorizedClients } from '../storage/authorizations.ts';
import type { Client } from './client-metadata.ts';
import { findClient } from './clients.ts';

/** A client that a person has let in. */
export interface ConnectedClient {
  readonly client: Client;
  /** When the person last said what it may have; undefined for a client that needs no consent. */
  readonly granted_at: number | undefined;
  /** What it may read without asking again. */
  readonly scope: readonly string[];
  /** The APIs that it may call in the person's name. */
  readonly resource: readonly string[];
  /** What it was given last, and when; undefined where that was so long ago that nothing is kept of it. */
  readonly given: { readonly scope: readonly string[]; readonly at: number } | undefined;
  /** Until when it keeps its access while the person is away (offline_access). */
  readonly offline_until: number | undefined;
}

/** The clients that a person allowed something, or that hold an authorization, by name. */
export async function listConnectedClients(context: Context, user_id: string): Promise<ConnectedClient[]> {
  const { database } = context;
  const consents = new Map((await listConsents(context, user_id)).map((consent) => [consent.client_id, consent]));
  const authorized = await listAuthorizedClients(database, { user_id, now: context.now() });
  const standing = new Map(authorized.filter(({ stands }) => stands > 0).map((row) => [row.client_id, row]));
  const ids = [...new Set([...consents.keys(), ...standing.keys()])];
  const connected = await Promise.all(
    ids.map(async (client_id): Promise<ConnectedClient[]> => {
      const client = await findClient(context, client_id);
      if (!client) return [];
      const consent = consents.get(client_id);
      const last = await findLastAuthorization(database, { user_id, client_id });
      const given = last && { scope: valuesIn(last.scope), at: last.created_at };
      const allowed = consent
        ? allowanceOf(consent)
        : { scope: given?.scope ?? [], resource: valuesIn(last?.resource) };
      const offline_until = standing.get(client_id)?.offline_until ?? undefined;
      return [{ client, granted_at: consent?.granted_at, ...allowed, given, offline_until }];
    }),
  );
  return connected.flat().sort((one, other) => one.client.client_name.localeCompare(other.client.client_name));
}

/** One of them. */
export async function findConnectedClient(
  context: Context,
  user_id: string,
  client_id: string,
): Promise<ConnectedClient | undefined> {
  return (await listConnectedClients(context, user_id)).find(({ client }) => client.client_id === client_id);
}

function valuesIn(text: string | null | undefined): string[] {
  return (text ?? '').split(' ').filter((value) => value !== '');
}
