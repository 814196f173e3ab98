import type { Context } from '../../context.ts';
import { OAuthError } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import { isPushedRequestUri, receivePushedRequest } from './pushed-request.ts';
import { receiveRequestObject } from './request-object.ts';

/** An authorization request as its client sent it: the parameters that count, whichever way they came. */
export interface ReceivedRequest extends ParsedParameters {
  /** Whether it came by way of the pushed authorization request endpoint (RFC 9126). */
  readonly isPushed: boolean;
  /** Whether it came in a signed request object (RFC 9101). */
  readonly isSigned: boolean;
  /** The pushed request whose one answer this will be. */
  readonly pushed_request_id?: string;
  /** When its request object expires. */
  readonly expires_at?: number | undefined;
  /** Why nothing can come of it, to be told wherever its answer may go. */
  readonly refusal?: OAuthError;
}

/**
 * Finds the parameters that count: those on the wire, those inside the request object that is on the wire or that
 * `request_uri` names, or those that were pushed. What is wrong with the reference or the object becomes the refusal.
 */
export async function receiveRequest(context: Context, wire: ParsedParameters): Promise<ReceivedRequest> {
  const { client_id, request, request_uri } = wire.parameters;
  if (isPushedRequestUri(request_uri))
    return receivePushedRequest(context, { client_id, request_uri, startedAt: context.now() });
  const plain = { ...wire, isPushed: false, isSigned: false };
  if (request === undefined && request_uri === undefined) return plain;
  try {
    return { ...plain, ...(await receiveRequestObject(context, wire.parameters)), isSigned: true };
  } catch (error) {
    if (error instanceof OAuthError) return { ...plain, refusal: error };
    throw error;
  }
}

/** Finds them again for a later step of a sign-in, from what was kept of `receiveRequest` when it began. */
export async function receiveAgain(
  context: Context,
  kept: {
    readonly parameters: ParsedParameters['parameters'];
    readonly isSigned: boolean;
    readonly startedAt: number;
  },
): Promise<ReceivedRequest> {
  const { parameters, isSigned, startedAt } = kept;
  const { client_id, request_uri } = parameters;
  if (isPushedRequestUri(request_uri)) return receivePushedRequest(context, { client_id, request_uri, startedAt });
  return { parameters, repeated: [], isPushed: false, isSigned };
}

/** What of a request must be kept so that `receiveAgain` finds it: of a pushed one no more than its reference. */
export function keptOf(received: ReceivedRequest, wire: ParsedParameters): ParsedParameters['parameters'] {
  const { client_id, request_uri } = wire.parameters;
  return received.isPushed ? { client_id, request_uri } : received.parameters;
}
