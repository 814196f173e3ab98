import type { Context } from '../context.ts';
import { type Actor, recordEvent } from '../identity/audit.ts';
import { deleteClientSecret, insertClientSecret } from '../storage/client-secrets.ts';
import {
  type ClientRow,
  deleteClient,
  findClientRow,
  forgetClientIsUnused,
  listClientRows,
  listClientRowsFor,
  setClientDisabled,
} from '../storage/clients.ts';
import { type Client, metadataOf, storedClientMetadata } from './client-metadata.ts';
import { checkRoomForSecret, newClientSecret } from './client-secrets.ts';

/** A client identifier that we may be given: printable ASCII without blanks (RFC 6749 Appendix A.1), bounded. */
export const clientIdForm = /^[\x21-\x7E]{1,200}$/;

/** The client of this exact id, also when it is disabled. */
export async function findClient(context: Context, client_id: string): Promise<Client | undefined> {
  if (!clientIdForm.test(client_id)) return undefined;
  const row = await findClientRow(context.database, client_id);
  return row && clientFrom(context, row);
}

/** Clients by id, after a given one. */
export async function listClients(
  context: Context,
  page: { search?: string; after?: string; limit: number },
): Promise<Client[]> {
  return (await listClientRows(context.database, page)).map((row) => clientFrom(context, row));
}

/** The enabled clients that a person may be shown as applications, by id. */
export async function listClientsFor(context: Context, user_id: string, limit: number): Promise<Client[]> {
  return (await listClientRowsFor(context.database, user_id, limit)).map((row) => clientFrom(context, row));
}

/** Disables a client or enables it again; while disabled, nothing that it holds is accepted. */
export async function setClientEnabled(
  context: Context,
  client_id: string,
  enabled: boolean,
  actor: Actor,
): Promise<boolean> {
  const changed = await setClientDisabled(context.database, client_id, enabled ? null : context.now());
  if (changed) await recordEvent(context, actor, enabled ? 'client.enabled' : 'client.disabled', client_id);
  return changed;
}

/** Keeps a client that registered itself from being deleted as unused: to be called before its first use. */
export async function keepClient({ database }: Context, { client_id, unused }: Client): Promise<void> {
  if (unused) await forgetClientIsUnused(database, client_id);
}

/** Removes a client; its codes, tokens and consents go with it. False when there is no such client. */
export async function removeClient(context: Context, client_id: string, actor: Actor): Promise<boolean> {
  const removed = await deleteClient(context.database, client_id);
  if (removed) await recordEvent(context, actor, 'client.removed', client_id);
  return removed;
}

/** Adds a secret beside those in use, returned here and never again. Throws for a client whose method uses none. */
export async function addClientSecret(
  context: Context,
  client: Client,
  actor: Actor,
  { expires_at = null }: { expires_at?: number | null } = {},
): Promise<{ id: string; client_secret: string }> {
  const { client_id } = client;
  await checkRoomForSecret(context, client);
  const { row, client_secret } = newClientSecret(context, client);
  await insertClientSecret(context.database, { ...row, expires_at });
  await recordEvent(context, actor, 'client.secret_added', client_id, { secret_id: row.id });
  return { id: row.id, client_secret };
}

/** Removes a secret, which stops working at once. False when the client has no such secret. */
export async function removeClientSecret(
  context: Context,
  client_id: string,
  secret_id: string,
  actor: Actor,
): Promise<boolean> {
  const removed = await deleteClientSecret(context.database, client_id, secret_id);
  if (removed) await recordEvent(context, actor, 'client.secret_removed', client_id, { secret_id });
  return removed;
}

/** The registration response of RFC 7591 §3.2.1. */
export function registrationResponse(client: Client, client_secret?: string): Record<string, unknown> {
  const { client_id, created_at, disabled } = client;
  return {
    client_id,
    ...(client_secret === undefined ? {} : { client_secret, client_secret_expires_at: 0 }),
    client_id_issued_at: created_at,
    ...metadataOf(client),
    ...(disabled ? { disabled } : {}),
  };
}

function clientFrom({ memos, config }: Context, row: ClientRow): Client {
  const { client_id, created_at, updated_at } = row;
  const memo = `${client_id} ${row.metadata}`;
  let metadata = memos.clientMetadata.get(memo);
  if (!metadata) {
    metadata = storedClientMetadata(JSON.parse(row.metadata), client_id);
    memos.clientMetadata.set(memo, metadata);
  }
  const isUnused = row.unused_since !== null;
  const known = { client_id, created_at, updated_at, disabled: row.disabled_at !== null };
  const client: Client = { ...metadata, ...known, ...(isUnused && { unused: true }) };
  if (row.described_at === null) return client;
  return { ...client, disabled: client.disabled || !config.clientIdMetadataDocuments, described: true };
}
