/**
 * Clients that register themselves and manage their registration (RFC 7591, RFC 7592, OpenID Connect Registration 1.0).
 * The metadata pass the one schema of `client-metadata.ts`; what only administrators may set stands beside it.
 */
import type { Context } from '../../context.ts';
import type { Actor } from '../../identity/audit.ts';
import { invalidClientMetadata, invalidRequest, invalidToken } from '../../lib/errors.ts';
import { equalHashes, newSplitToken, parseSplitToken, sha256 } from '../../lib/split-token.ts';
import { findClientRegistration } from '../../storage/client-registrations.ts';
import { listClientSecrets } from '../../storage/client-secrets.ts';
import { administratorMembers, type Client } from '../client-metadata.ts';
import { findClient, registrationResponse, removeClient } from '../clients.ts';
import { newClientId, registerClient, updateClient } from '../register-client.ts';
import { openScope } from '../resources.ts';
import { parseScope } from '../scopes.ts';
import { findInitialAccessToken } from './initial-access-tokens.ts';
import { checkRegistrationLimit } from './registration-limit.ts';
import { requestedMetadata } from './requested-metadata.ts';

/** Where clients register; a client manages its registration below it, at its client_id. */
export const registrationPath = '/oidc/register';

type Answer = Readonly<Record<string, unknown>>;
type Sender = { readonly token: string | undefined; readonly address: string; readonly request_id: string };

/**
 * Registers the client that a document describes (RFC 7591 §3). Throws `invalid_token` without an initial access token
 * where one is needed, otherwise `invalid_client_metadata` or `invalid_redirect_uri`.
 */
export async function registerItself(context: Context, document: unknown, sender: Sender): Promise<Answer> {
  const initial_access_token_id = await admit(context, sender);
  const metadata = requestedMetadata(objectOf(document), await openScope(context));
  if (initial_access_token_id === undefined) refuseMachine(metadata);
  const client_id = newClientId(context);
  const { id: token_id, verifier_hash, token } = newSplitToken(context);
  const registration = { client_id, token_id, verifier_hash, created_at: context.now() };
  const registered = { registration, initial_access_token_id };
  const { address, request_id } = sender;
  const actor = { id: 'system', address, request_id };
  const { client, client_secret } = await registerClient(context, metadata, actor, { client_id, registered });
  return answerOf(context, client, token, client_secret);
}

/** What is registered (RFC 7592 §2.1). Throws `invalid_token` unless the token is this client's own. */
export async function readRegistration(context: Context, client_id: string, sender: Sender): Promise<Answer> {
  const { client, token } = await managedClient(context, client_id, sender);
  return answerOf(context, client, token);
}

/**
 * Replaces the metadata whole, but for what administrators have set (RFC 7592 §2.2). Throws as `registerItself` and
 * `readRegistration` do, and `invalid_request` when the document says what is not the client's to say.
 */
export async function replaceRegistration(
  context: Context,
  client_id: string,
  document: unknown,
  sender: Sender,
): Promise<Answer> {
  const { client, token, actor } = await managedClient(context, client_id, sender);
  const given = objectOf(document);
  for (const member of answered)
    if (Object.hasOwn(given, member)) throw invalidRequest(`${member} must not be in the request`);
  if (given.client_id !== client_id) throw invalidRequest('client_id must be that of the registration');
  await checkNamedSecret(context, client, given.client_secret);
  const kept = Object.fromEntries(Object.entries(client).filter(([member]) => administratorMembers.includes(member)));
  const requested = requestedMetadata(given, [...parseScope(client.scope), ...(await openScope(context))]);
  if (!client.grant_types.includes(forMachines)) refuseMachine(requested);
  const metadata = { ...requested, ...kept, require_pkce: client.require_pkce || requested.require_pkce };
  const updated = await updateClient(context, client, metadata, actor);
  return answerOf(context, updated.client, token, updated.client_secret);
}

/** Removes the client with everything that it was given (RFC 7592 §2.3). Throws as `readRegistration` does. */
export async function removeRegistration(context: Context, client_id: string, sender: Sender): Promise<void> {
  const { actor } = await managedClient(context, client_id, sender);
  await removeClient(context, client_id, actor);
}

const forMachines = 'client_credentials';

/** Without a person to allow it, a stranger's program would get tokens for the APIs that are open to registration. */
function refuseMachine({ grant_types }: Readonly<Record<string, unknown>>): void {
  if (Array.isArray(grant_types) && grant_types.includes(forMachines))
    throw invalidClientMetadata(`grant_types: ${forMachines} needs an initial access token, or an administrator`);
}

/** Members of an answer of ours that a client may not send back (RFC 7592 §2.2). */
const answered = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

/** The id of the initial access token that is used for it, if one is needed. */
async function admit(context: Context, { token, address }: Sender): Promise<string | undefined> {
  if (context.config.clientRegistration === 'open' && token === undefined) {
    await checkRegistrationLimit(context, address);
    return undefined;
  }
  const found = token === undefined ? undefined : await findInitialAccessToken(context, token);
  if (!found) throw invalidToken('an initial access token is needed, in the Authorization header, that is still good');
  return found.id;
}

/** The same answer for everything that is wrong, so that nobody learns which clients there are. */
async function managedClient(
  context: Context,
  client_id: string,
  { token, address, request_id }: Sender,
): Promise<{ client: Client; token: string; actor: Actor }> {
  const parsed = parseSplitToken(token ?? '');
  const registration = parsed && (await findClientRegistration(context.database, client_id));
  const isItsOwn =
    registration?.token_id === parsed?.id &&
    equalHashes(registration?.verifier_hash ?? '', parsed?.verifier_hash ?? 'none');
  const client = isItsOwn ? await findClient(context, client_id) : undefined;
  if (token === undefined || !client || client.disabled)
    throw invalidToken('the registration access token is not one of this client');
  return { client, token, actor: { id: client_id, address, request_id } };
}

async function checkNamedSecret({ database }: Context, { client_id }: Client, named: unknown): Promise<void> {
  if (named === undefined || named === null) return;
  const hash = typeof named === 'string' ? sha256(named) : '';
  const secrets = await listClientSecrets(database, client_id);
  if (!secrets.some(({ secret_hash }) => equalHashes(secret_hash, hash)))
    throw invalidRequest('client_secret is not the secret of the client, and no client chooses its own');
}

function objectOf(document: unknown): Readonly<Record<string, unknown>> {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw invalidClientMetadata('the body must be a JSON object with client metadata');
  return { ...document };
}

/** RFC 7591 §3.2.1 and RFC 7592 §3. Of secret and token we have hashes only: the token is the one that was presented. */
function answerOf({ config }: Context, client: Client, token: string, client_secret?: string): Answer {
  return {
    ...registrationResponse(client, client_secret),
    registration_client_uri: `${config.publicUrl}${registrationPath}/${encodeURIComponent(client.client_id)}`,
    registration_access_token: token,
  };
}
