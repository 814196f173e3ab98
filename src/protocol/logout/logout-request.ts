import type { Context } from '../../context.ts';
import { invalidRequest } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { withQuery } from '../response-modes/query.ts';
import { type IdTokenHint, verifyIdTokenHint } from '../tokens/id-token-hint.ts';

/** A request to sign out (RP-Initiated Logout 1.0 §2) that is known to be in order. */
export interface LogoutRequest {
  readonly client: Client | undefined;
  readonly hint: IdTokenHint | undefined;
  /** A post_logout_redirect_uri that is registered for the client, with the request's state. */
  readonly location: string | undefined;
}

/**
 * Reads a request to sign out. Throws `invalid_request`, to be shown as a page with the session untouched: a hint that
 * is not an ID Token of ours, a client that is not the hint's, an address that is not registered.
 */
export async function parseLogoutRequest(
  context: Context,
  { id_token_hint, client_id, post_logout_redirect_uri, state }: ParsedParameters['parameters'],
): Promise<LogoutRequest> {
  const hint = id_token_hint === undefined ? undefined : await verifyIdTokenHint(context, id_token_hint);
  if (id_token_hint !== undefined && !hint) throw invalidRequest('id_token_hint is not an ID Token of this issuer');
  if (hint && client_id !== undefined && client_id !== hint.client_id)
    throw invalidRequest('client_id is not the client of id_token_hint');

  const named = hint?.client_id ?? client_id;
  const client = named === undefined ? undefined : await findClient(context, named);
  if (client_id !== undefined && !client) throw invalidRequest('no application is registered with this client_id');
  if (post_logout_redirect_uri === undefined) return { client, hint, location: undefined };

  if (!client) throw invalidRequest('post_logout_redirect_uri needs id_token_hint or client_id');
  if (!client.post_logout_redirect_uris.includes(post_logout_redirect_uri))
    throw invalidRequest('post_logout_redirect_uri is not registered for this application');
  return { client, hint, location: withQuery(post_logout_redirect_uri, state === undefined ? {} : { state }) };
}
