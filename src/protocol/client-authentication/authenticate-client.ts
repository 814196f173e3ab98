import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { invalidClient, invalidRequest, OAuthError } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { chargeFailure } from './failure-limit.ts';
import { clientAuthenticationMethods } from './index.ts';
import type { ClientAuthenticationMethod, PresentedCredentials } from './method.ts';
import { unexpiredSecrets } from './verify-client-secret.ts';

/**
 * The only way to an authenticated client (RFC 6749 §2.3, §3.2.1): exactly one method is used, it is the one the client
 * registered, and it proves what it says. Throws `invalid_request` on two methods at once, otherwise `invalid_client`, or
 * 429 when too many have failed for this client from this network; what proves the client is taken even then. `find` says
 * which clients there are: those that are written down, unless told otherwise.
 */
export async function authenticateClient(
  context: Context,
  request: FastifyRequest,
  parameters: ParsedParameters['parameters'],
  find: FindClient = findClient,
): Promise<Client> {
  const { method, credentials } = presentedCredentials(request, parameters);
  if (parameters.client_id !== undefined && parameters.client_id !== credentials.client_id)
    throw invalidRequest('client_id differs from the client that authenticates');
  try {
    const client = await find(context, credentials.client_id, request.ip);
    return await verifiedClient(context, client, method, credentials);
  } catch (failure) {
    if (failure instanceof OAuthError && failure.error === 'invalid_client')
      await chargeFailure(context, { client_id: credentials.client_id, address: request.ip, failure });
    throw failure;
  }
}

type FindClient = (context: Context, client_id: string, address: string) => Promise<Client | undefined>;

async function verifiedClient(
  context: Context,
  client: Client | undefined,
  method: ClientAuthenticationMethod,
  credentials: PresentedCredentials,
): Promise<Client> {
  if (!client || client.disabled) {
    // Secrets are looked for all the same, so that the time does not tell whether the client or the secret is wrong; not
    // by what was presented, which may be no text that can be stored.
    await unexpiredSecrets(context, { client_id: '' });
    throw invalidClient('the client is unknown, or its credentials are wrong');
  }
  if (client.token_endpoint_auth_method !== method.name)
    throw invalidClient(`the client is registered for ${client.token_endpoint_auth_method}, not for ${method.name}`);
  if (!(await method.verify(context, client, credentials)))
    throw invalidClient('the client is unknown, or its credentials are wrong');
  return client;
}

function presentedCredentials(
  request: FastifyRequest,
  parameters: ParsedParameters['parameters'],
): { method: ClientAuthenticationMethod; credentials: PresentedCredentials } {
  const presented = [];
  for (const method of clientAuthenticationMethods.values()) {
    const credentials = method.present(request, parameters);
    if (credentials) presented.push({ method, credentials });
  }
  const [first, second] = presented;
  if (second) throw invalidRequest('the client authenticates in more than one way at once');
  if (!first) throw invalidClient('the request carries no client authentication');
  return first;
}
