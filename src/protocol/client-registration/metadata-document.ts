import type { Context } from '../../context.ts';
import { invalidClient, OAuthError } from '../../lib/errors.ts';
import { OutboundError } from '../../lib/outbound-fetch.ts';
import { clientAuthenticationMethods } from '../client-authentication/index.ts';
import type { Client, ClientMetadata } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { storeDescribedClient } from '../register-client.ts';
import { grantTypes, parseClientMetadata } from '../registrable-metadata.ts';
import { openScope } from '../resources.ts';
import { normalizeResponseType, responseTypes } from '../response-types/index.ts';
import { defaultScope } from '../scopes.ts';
import { checkSector } from '../sectors.ts';
import { requestedMetadata } from './requested-metadata.ts';

/** A document is asked for again after this time, so that what its owner takes back does not hold long. */
const freshSeconds = 300;
/** How long it counts when its address no longer answers. */
const staleSeconds = 3600;
/** An address is called no more often, however the last call ended. */
const coolDownSeconds = 30;

/** What is known of a client metadata document; times are epoch seconds. */
export interface MetadataDocument {
  metadata: ClientMetadata | undefined;
  /** What was wrong with it the last time, for the people who run the application. */
  problem: string;
  fetched_at: number;
  asked_at: number;
  /** The call under way, which everybody waits for. */
  fetching: Promise<void> | undefined;
}

/**
 * The client that an authorization request names: a registered one, otherwise, where the installation allows it, the one
 * that the document at its client_id describes (OAuth Client ID Metadata Document). Throws `invalid_client` when that
 * document cannot be used; undefined when there is no such client.
 */
export async function findRequestingClient(context: Context, client_id: string): Promise<Client | undefined> {
  const known = await findClient(context, client_id);
  if (!isDescribed(context, client_id) || (known && !known.described)) return known;
  if (known?.disabled) return known;
  const { metadata, fetched_at } = await readDocument(context, client_id);
  const created_at = known?.created_at ?? fetched_at;
  return { ...metadata, client_id, created_at, updated_at: fetched_at, disabled: false, described: true };
}

/**
 * Writes down a described client, as the document is now, so that what a person allows it can hang from it. Only for
 * somebody signed in: visitors cannot make us keep anything. Does nothing for a client that is registered.
 */
export async function keepDescribedClient(context: Context, client: Client): Promise<void> {
  if (client.described) await storeDescribedClient(context, client);
}

/**
 * Whether a client_id is the address of a metadata document: https with a path, written just as URLs are, without dot
 * segments, default port, fragment, user name and password (§3).
 */
export function isDocumentAddress(client_id: string): boolean {
  if (!/^https:\/\/[^/?#@]+\/[^#]+$/.test(client_id) || client_id.length > 200) return false;
  return URL.canParse(client_id) && new URL(client_id).href === client_id;
}

function isDescribed({ config }: Context, client_id: string): boolean {
  return config.clientIdMetadataDocuments && isDocumentAddress(client_id);
}

async function readDocument(
  context: Context,
  address: string,
): Promise<{ metadata: ClientMetadata; fetched_at: number }> {
  const document = documentOf(context, address);
  if (!document.metadata || document.fetched_at <= context.now() - freshSeconds)
    await fetchOnce(context, address, document);
  const { metadata, fetched_at, problem } = document;
  if (metadata && fetched_at > context.now() - staleSeconds) return { metadata, fetched_at };
  throw invalidClient(`the metadata document at its client_id cannot be used: ${problem}`);
}

function documentOf({ memos }: Context, address: string): MetadataDocument {
  const known = memos.metadataDocuments.get(address);
  if (known) return known;
  const document = { metadata: undefined, problem: '', fetched_at: 0, asked_at: 0, fetching: undefined };
  memos.metadataDocuments.set(address, document);
  return document;
}

/** Fetches the document, joins the call that is under way, or does nothing within the cool-down. */
async function fetchOnce(context: Context, address: string, document: MetadataDocument): Promise<void> {
  if (!document.fetching) {
    const now = context.now();
    if (Math.abs(now - document.asked_at) < coolDownSeconds) return;
    document.asked_at = now;
    document.fetching = fetchDocument(context, address, document).finally(() => {
      document.fetching = undefined;
    });
  }
  await document.fetching;
}

/** Never rejects: what went wrong is kept, and told to whoever asks until the next call. */
async function fetchDocument(context: Context, address: string, document: MetadataDocument): Promise<void> {
  try {
    const { status, contentType, body } = await context.fetchPublic(address, { accept: 'application/json' });
    if (status !== 200 || !/^application\/(?:[\w.-]+\+)?json$/.test(contentType))
      throw invalidClient('it must be answered with status 200 and JSON');
    const metadata = describedMetadata(JSON.parse(body), address, await openScope(context));
    await checkSector(context, metadata, document.metadata);
    document.metadata = metadata;
    document.fetched_at = context.now();
  } catch (error) {
    context.log.warn({ err: error, client_id: address }, 'a client metadata document cannot be used');
    document.problem = problemOf(error);
  }
}

function problemOf(error: unknown): string {
  if (error instanceof OAuthError) return error.error_description;
  return error instanceof OutboundError ? error.message : 'it is not JSON';
}

/** The metadata of a document: public, or with keys of its own, and of lists what is served here (§4). */
function describedMetadata(document: unknown, address: string, open: readonly string[]): ClientMetadata {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw invalidClient('it must be a JSON object');
  const given: Readonly<Record<string, unknown>> = { ...document };
  if (given.client_id !== address) throw invalidClient('its client_id is not its address');
  for (const member of ['client_secret', 'client_secret_expires_at'])
    if (Object.hasOwn(given, member)) throw invalidClient(`it must not have ${member}`);
  const hasKeys = given.jwks !== undefined || given.jwks_uri !== undefined;
  const { token_endpoint_auth_method = hasKeys ? 'private_key_jwt' : 'none' } = given;
  if (clientAuthenticationMethods.get(String(token_endpoint_auth_method))?.usesSecret)
    throw invalidClient('it must not authenticate with a secret, which everybody would know');
  const served = {
    scope: [defaultScope, ...open].join(' '),
    ...given,
    token_endpoint_auth_method,
    grant_types: servedOf(given.grant_types, (name) => name !== 'client_credentials' && grantTypes.has(name)),
    response_types: servedOf(given.response_types, (name) => responseTypes.has(normalizeResponseType(name))),
  };
  const asked = Object.fromEntries(Object.entries(served).filter(([, value]) => value !== undefined));
  return parseClientMetadata({ ...requestedMetadata(asked, open), require_pkce: true }, address);
}

function servedOf(list: unknown, isServed: (name: string) => boolean): unknown {
  if (!Array.isArray(list)) return list;
  const names = list.filter((name) => typeof name === 'string' && isServed(name));
  if (names.length === 0 && list.length > 0) throw invalidClient('nothing of what it asks for is served here');
  return names;
}
