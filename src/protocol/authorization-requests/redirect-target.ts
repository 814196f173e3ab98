import type { Context } from '../../context.ts';
import { invalidClient, invalidRequest } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';
import { findRequestingClient } from '../client-registration/metadata-document.ts';
import { isRegisteredRedirectUri } from '../redirect-uris.ts';
import { responseModes } from '../response-modes/index.ts';
import { query } from '../response-modes/query.ts';
import type { ResponseMode } from '../response-modes/response-mode.ts';
import { normalizeResponseType, responseTypes } from '../response-types/index.ts';

/** Where the answer of an authorization request may go: made by `findRedirectTarget` alone. */
export interface RedirectTarget {
  readonly client: Client;
  readonly redirect_uri: string;
  /** How an error travels, as far as the request lets us know. */
  readonly response_mode: ResponseMode;
  /** The response type's own mode. */
  readonly defaultMode: ResponseMode;
  readonly state: string | undefined;
}

/** The refusal of a redirect URI, with what the administrator needs to repair it. */
export interface RedirectUriRefusal {
  readonly client_id: string;
  readonly redirect_uri: string;
}

/**
 * The client and a redirect_uri that is registered for it. Throws `invalid_request` or `invalid_client`, which must be
 * shown as a page: the browser is not sent anywhere (RFC 6749 §4.1.2.1). `onRefusedUri` learns of a known client's
 * unregistered URI.
 */
export async function findRedirectTarget(
  context: Context,
  { parameters, repeated }: ParsedParameters,
  onRefusedUri: (refusal: RedirectUriRefusal) => void = () => undefined,
): Promise<RedirectTarget> {
  for (const name of ['client_id', 'redirect_uri'])
    if (repeated.includes(name)) throw invalidRequest(`the parameter ${name} is repeated`);
  const { client_id, redirect_uri, state } = parameters;
  if (client_id === undefined) throw invalidRequest('the parameter client_id is missing');
  const client = await findRequestingClient(context, client_id);
  if (!client) throw invalidClient('no application is registered with this client_id');
  if (client.disabled) throw invalidClient('the application is switched off');
  if (redirect_uri === undefined) throw invalidRequest('the parameter redirect_uri is missing');
  if (!isRegisteredRedirectUri(client, redirect_uri)) {
    onRefusedUri({ client_id, redirect_uri });
    throw invalidRequest('the redirect_uri is not registered for this application');
  }
  return { client, redirect_uri, ...responseModesOf(parameters), state };
}

/** The mode for errors: the one asked for when it exists and may be used, otherwise the response type's own. */
function responseModesOf({
  response_type,
  response_mode,
}: ParsedParameters['parameters']): Pick<RedirectTarget, 'response_mode' | 'defaultMode'> {
  const type = responseTypes.get(normalizeResponseType(response_type ?? ''));
  const asked = responseModes.get(response_mode ?? '');
  const defaultMode = type?.defaultMode ?? query;
  const isUsable = asked && !(type?.answersWithTokens && !asked.carriesTokens);
  return { response_mode: isUsable ? asked : defaultMode, defaultMode };
}
