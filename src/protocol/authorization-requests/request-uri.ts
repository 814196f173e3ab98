import type { Context } from '../../context.ts';
import { invalidRequestUri } from '../../lib/errors.ts';
import { OutboundError } from '../../lib/outbound-fetch.ts';
import { sha256 } from '../../lib/split-token.ts';
import type { Client } from '../client-metadata.ts';

const maximumBytes = 16_384;

/**
 * The request object at an address that the client has registered, byte for byte (OpenID Connect Core §6.2); nothing
 * else is ever called. One whose fragment is the hash of what is there is fetched once. Throws `invalid_request_uri`.
 */
export async function fetchRequestObject(context: Context, client: Client, request_uri: string): Promise<string> {
  if (!client.request_uris.includes(request_uri))
    throw invalidRequestUri('the request_uri is not registered for this application');
  const { requestObjects } = context.memos;
  const known = requestObjects.get(request_uri);
  if (known !== undefined) return known;

  const [address = '', fragment] = request_uri.split('#', 2);
  const body = await fetchBody(context, client, address);
  if (fragment === sha256(body)) requestObjects.set(request_uri, body.trim());
  return body.trim();
}

async function fetchBody({ fetchPublic, log }: Context, { client_id }: Client, address: string): Promise<string> {
  try {
    const accept = 'application/oauth-authz-req+jwt, application/jwt';
    const { status, body } = await fetchPublic(address, { accept, maximumBytes });
    if (status === 200) return body;
    log.warn({ client_id, address, status }, 'a request object could not be fetched');
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    log.warn({ err: error, client_id, address }, 'a request object could not be fetched');
  }
  throw invalidRequestUri('there is no request object to be had at the request_uri');
}
