import type { Context } from '../../context.ts';
import { invalidRequest, invalidRequestUri, tooManyRequests } from '../../lib/errors.ts';
import { networkOf } from '../../lib/network-address.ts';
import { equalHashes, newSplitToken, parseSplitToken } from '../../lib/split-token.ts';
import {
  findPushedRequest,
  insertPushedRequest,
  type PushLimits,
} from '../../storage/pushed-authorization-requests.ts';
import type { Client } from '../client-metadata.ts';
import { countingOf } from '../client-registration/strangers.ts';
import { authorizationParameterNames } from './authorization-parameters.ts';
import type { ReceivedRequest } from './received-request.ts';

/** How long a request_uri may be used to begin with: a sign-in that has begun may take longer. */
const lifeSeconds = 90;

/** More sign-ins than a client begins within that time. */
const limitsOfAuthenticated: PushLimits = { together: 1000, ofSender: 1000 };
/** Anybody may push for a client without credentials, or as a stranger: one network cannot use up what all may push. */
const limitsOfOthers: PushLimits = { together: 2000, ofSender: 200 };
const maximumStoredLength = 16_384;

const prefix = 'urn:ietf:params:oauth:request_uri:';

/** Whether it has the form of a request_uri that we give out for a pushed request. */
export function isPushedRequestUri(request_uri: string | undefined): request_uri is string {
  return request_uri?.startsWith(prefix) ?? false;
}

/**
 * Stores a request that was checked, and gives its request_uri (RFC 9126 §2.2), which lives no longer than the request
 * object that it came in. Throws `temporarily_unavailable` when the client has pushed too many that it never used.
 */
export async function storePushedRequest(
  context: Context,
  client: Client,
  { received, address }: { received: ReceivedRequest; address: string },
): Promise<{ request_uri: string; expires_in: number }> {
  const parameters = storedParameters(received);
  if (JSON.stringify(parameters).length > maximumStoredLength) throw invalidRequest('the request is too large');
  const now = context.now();
  const expires_at = Math.min(now + lifeSeconds, received.expires_at ?? Number.POSITIVE_INFINITY);
  const { id, verifier_hash, token } = newSplitToken(context);
  const { counted_under, isAuthenticated } = await countingOf(context, client);
  const sender = isAuthenticated ? '' : senderOf(context, address);
  const limits = isAuthenticated ? limitsOfAuthenticated : limitsOfOthers;
  const pushed = { id, verifier_hash, client_id: client.client_id, parameters, counted_under, sender, expires_at };
  if (!(await insertPushedRequest(context.database, pushed, { now, limits })))
    throw tooManyRequests('the client has pushed too many requests that it has not used');
  return { request_uri: `${prefix}${token}`, expires_in: expires_at - now };
}

/**
 * The pushed request that a client refers to, begun now or, for the later steps of a sign-in, at `startedAt`. A request
 * that was used or has expired carries its refusal; one that does not exist for this client has no redirect_uri either.
 */
export async function receivePushedRequest(
  context: Context,
  { client_id, request_uri, startedAt }: { client_id: string | undefined; request_uri: string; startedAt: number },
): Promise<ReceivedRequest> {
  const token = parseSplitToken(request_uri.slice(prefix.length));
  const pushed = token && (await findPushedRequest(context.database, token.id));
  const isTheirs = pushed && equalHashes(pushed.verifier_hash, token.verifier_hash) && pushed.client_id === client_id;
  // Whatever had to be signed was, when it was pushed.
  const reference = { parameters: { client_id }, repeated: [], isPushed: true, isSigned: true };
  if (!isTheirs) return { ...reference, refusal: invalidRequestUri('the request_uri is unknown to this application') };
  const received = {
    ...reference,
    parameters: { ...pushed.parameters, client_id },
    pushed_request_id: pushed.id,
  };
  if (pushed.consumed_at !== null)
    return { ...received, refusal: invalidRequestUri('the request_uri was used before') };
  if (startedAt >= pushed.expires_at) return { ...received, refusal: invalidRequestUri('the request_uri has expired') };
  return received;
}

function senderOf({ secretKey }: Context, address: string): string {
  return secretKey.derive('push', networkOf(address)).toString('base64url', 0, 24);
}

/** Only what an authorization request is made of: what the client authenticates with is never stored. */
function storedParameters({ parameters }: ReceivedRequest): Record<string, string> {
  const given = authorizationParameterNames.flatMap((name) => {
    const value = parameters[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}
