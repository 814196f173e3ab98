import type { Context } from '../context.ts';
import { type Actor, recordEvent } from '../identity/audit.ts';
import { invalidClientMetadata, invalidToken } from '../lib/errors.ts';
import { deleteClientSecret, insertClientSecret } from '../storage/client-secrets.ts';
import {
  type ClientRow,
  deleteClient,
  findClientRow,
  insertClient,
  listClientRows,
  listClientRowsFor,
  type NewClientRow,
  type NewRegistration,
  setClientDisabled,
  updateClientMetadata,
  upsertDescribedClient,
} from '../storage/clients.ts';
import { type Client, type ClientMetadata, parseClientMetadata } from './client-metadata.ts';
import {
  checkGivenSecret,
  checkRoomForSecret,
  lacksSecret,
  newClientSecret,
  readsSecret,
  usesSecret,
} from './client-secrets.ts';
import { webOrigin } from './redirect-uris.ts';
import { checkSector } from './sectors.ts';

/** A client identifier that we may be given: printable ASCII without blanks (RFC 6749 Appendix A.1), bounded. */
const clientIdForm = /^[\x21-\x7E]{1,200}$/;

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

/**
 * Registers a client. One whose method uses a secret gets it here and never again; an existing application may bring
 * its own client_id and client_secret. Throws `invalid_client_metadata` or `invalid_redirect_uri`.
 */
export async function registerClient(
  context: Context,
  metadata: unknown,
  actor: Actor,
  given: {
    client_id?: string | undefined;
    client_secret?: string | undefined;
    registered?: NewRegistration | undefined;
  } = {},
): Promise<{ client: Client; client_secret?: string }> {
  const client_id = given.client_id ?? newClientId(context);
  if (!clientIdForm.test(client_id))
    throw invalidClientMetadata('client_id: 1 to 200 printable ASCII characters without blanks');
  const valid = parseClientMetadata(metadata, client_id);
  await checkSector(context, valid);
  if (given.client_secret !== undefined) checkGivenSecret(valid, given.client_secret);
  const secret = usesSecret(valid) ? newClientSecret(context, { ...valid, client_id }, given.client_secret) : undefined;

  const now = context.now();
  const { registered } = given;
  const beside = { secret: secret?.row, registered };
  const written = await insertClient(context.database, rowOf(client_id, valid, now), beside);
  if (!written && registered) throw invalidToken('the initial access token was used up meanwhile');
  if (!written) throw invalidClientMetadata(`client_id: ${client_id} is registered already`);
  await recordEvent(context, actor, 'client.registered', client_id, { client_name: valid.client_name });
  const client: Client = { ...valid, client_id, created_at: now, updated_at: now, disabled: false };
  return secret ? { client, client_secret: secret.client_secret } : { client };
}

/**
 * Replaces a client's metadata whole. A client that has no secret which its method can use gets one, returned here.
 * Throws as `registerClient` does.
 */
export async function updateClient(
  context: Context,
  client: Client,
  metadata: unknown,
  actor: Actor,
): Promise<{ client: Client; client_secret?: string }> {
  const { client_id } = client;
  const valid = parseClientMetadata(metadata, client_id);
  await checkSector(context, valid, client);
  const now = context.now();
  const needsSecret = await lacksSecret(context, { ...valid, client_id });
  if (needsSecret) await checkRoomForSecret(context, { ...valid, client_id });
  const change = { ...rowOf(client_id, valid, now), keepsSealedSecrets: readsSecret(valid) };
  if (!(await updateClientMetadata(context.database, change)))
    throw invalidClientMetadata(`client_id: ${client_id} is not registered`);
  await recordEvent(context, actor, 'client.updated', client_id, { client_name: valid.client_name });
  const { created_at, disabled } = client;
  const updated: Client = { ...valid, client_id, created_at, updated_at: now, disabled };
  return needsSecret
    ? { client: updated, client_secret: (await addClientSecret(context, updated, actor)).client_secret }
    : { client: updated };
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
  const { client_id, created_at, updated_at: _, disabled, described: __, ...metadata } = client;
  return {
    client_id,
    ...(client_secret === undefined ? {} : { client_secret, client_secret_expires_at: 0 }),
    client_id_issued_at: created_at,
    ...metadata,
    ...(disabled ? { disabled } : {}),
  };
}

/** Writes down a client that describes itself in a document, unless it is there just so. */
export async function storeDescribedClient(context: Context, client: Client): Promise<void> {
  const { client_id, created_at: _, updated_at: __, disabled: ___, described: ____, ...metadata } = client;
  await upsertDescribedClient(context.database, rowOf(client_id, metadata, context.now()));
}

function clientFrom({ memos, config }: Context, row: ClientRow): Client {
  const { client_id, created_at, updated_at } = row;
  const memo = `${client_id} ${row.metadata}`;
  let metadata = memos.clientMetadata.get(memo);
  if (!metadata) {
    // Read by the schema although we wrote it: an older version of Castellan may have, without today's members.
    metadata = parseClientMetadata(JSON.parse(row.metadata), client_id);
    memos.clientMetadata.set(memo, metadata);
  }
  const client = { ...metadata, client_id, created_at, updated_at, disabled: row.disabled_at !== null };
  if (row.described_at === null) return client;
  return { ...client, disabled: client.disabled || !config.clientIdMetadataDocuments, described: true };
}

function rowOf(client_id: string, metadata: ClientMetadata, now: number): NewClientRow {
  const { backchannel_logout_uri = null } = metadata;
  return { client_id, metadata: JSON.stringify(metadata), backchannel_logout_uri, origins: originsOf(metadata), now };
}

function originsOf(metadata: ClientMetadata): string[] {
  return metadata.redirect_uris.map(webOrigin).filter((origin) => origin !== undefined);
}

/** A client_id that nobody has. */
export function newClientId(context: Context): string {
  return context.randomBytes(12).toString('hex');
}
