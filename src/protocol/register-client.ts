import type { Context } from '../context.ts';
import { type Actor, recordEvent } from '../identity/audit.ts';
import { invalidClientMetadata, invalidToken } from '../lib/errors.ts';
import {
  insertClient,
  type NewClientRow,
  type NewRegistration,
  updateClientMetadata,
  upsertDescribedClient,
} from '../storage/clients.ts';
import { type Client, type ClientMetadata, metadataOf } from './client-metadata.ts';
import {
  checkGivenSecret,
  checkRoomForSecret,
  lacksSecret,
  newClientSecret,
  readsSecret,
  usesSecret,
} from './client-secrets.ts';
import { addClientSecret, clientIdForm, keepClient } from './clients.ts';
import { webOrigin } from './redirect-uris.ts';
import { parseClientMetadata } from './registrable-metadata.ts';
import { checkSector } from './sectors.ts';
import { algsFromTheStart } from './tokens/signing-keys.ts';

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
  await publishKeys(context, valid);
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
  await publishKeys(context, valid);
  const now = context.now();
  const needsSecret = await lacksSecret(context, { ...valid, client_id });
  if (needsSecret) await checkRoomForSecret(context, { ...valid, client_id });
  const change = { ...rowOf(client_id, valid, now), keepsSealedSecrets: readsSecret(valid) };
  if (actor.id !== client_id) await keepClient(context, client);
  if (!(await updateClientMetadata(context.database, change)))
    throw invalidClientMetadata(`client_id: ${client_id} is not registered`);
  await recordEvent(context, actor, 'client.updated', client_id, { client_name: valid.client_name });
  const { created_at, disabled } = client;
  const updated: Client = { ...valid, client_id, created_at, updated_at: now, disabled };
  return needsSecret
    ? { client: updated, client_secret: (await addClientSecret(context, updated, actor)).client_secret }
    : { client: updated };
}

/** Writes down a client that describes itself in a document, unless it is there just so. */
export async function storeDescribedClient(context: Context, client: Client): Promise<void> {
  await upsertDescribedClient(context.database, rowOf(client.client_id, metadataOf(client), context.now()));
}

/** A key is published before it signs: who reads the keys when a client is set up finds all that it will need. */
async function publishKeys({ signingKeys }: Context, metadata: ClientMetadata): Promise<void> {
  const algs = new Set([
    metadata.id_token_signed_response_alg,
    metadata.access_token_signed_response_alg,
    metadata.authorization_signed_response_alg,
    metadata.introspection_signed_response_alg,
    metadata.userinfo_signed_response_alg,
  ]);
  for (const alg of algs) if (alg && !algsFromTheStart.includes(alg)) await signingKeys.current(alg);
}

/** A client_id that nobody has. */
export function newClientId(context: Context): string {
  return context.randomBytes(12).toString('hex');
}

function rowOf(client_id: string, metadata: ClientMetadata, now: number): NewClientRow {
  const { backchannel_logout_uri = null } = metadata;
  return { client_id, metadata: JSON.stringify(metadata), backchannel_logout_uri, origins: originsOf(metadata), now };
}

function originsOf(metadata: ClientMetadata): string[] {
  return metadata.redirect_uris.map(webOrigin).filter((origin) => origin !== undefined);
}
