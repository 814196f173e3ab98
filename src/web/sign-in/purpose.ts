import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { findRedirectTarget } from '../../protocol/authorization-requests/index.ts';
import {
  noRequestedAcr,
  type RequestedAcr,
  requestedAcrIn,
} from '../../protocol/authorization-requests/requested-acr.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { beginPage, type Continuation, continuedRequest, readContinuation } from '../ui/continuation.ts';
import { noteUiLocales } from '../ui/languages.ts';

/** What somebody signs in for. */
export interface Purpose {
  readonly continuation: Continuation;
  /** The continuation as it came, for the forms of the page. */
  readonly sealed: string | undefined;
  /** Whether the page was opened for its own sake. */
  readonly isOwn: boolean;
  /** The application that asks, and where the answer goes. */
  readonly client: Client | undefined;
  readonly redirect_uri: string | undefined;
  readonly login_hint: string | undefined;
  /** How strong the application wants the sign-in to be. */
  readonly requested_acr: RequestedAcr;
}

/** Reads a continuation and looks up what the pages show of it. Throws a PageError when it is not this browser's. */
export async function readPurpose(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): Promise<Purpose> {
  const nobody = { client: undefined, redirect_uri: undefined, login_hint: undefined, requested_acr: noRequestedAcr };
  if (sealed === undefined) return { continuation: beginPage(context, '/'), sealed, isOwn: true, ...nobody };
  const continuation = await readContinuation(context, request, reply, sealed);
  if (continuation.kind === 'page') {
    const requested_acr =
      continuation.acr === undefined ? noRequestedAcr : { essential: [continuation.acr], wished: [] };
    return { continuation, sealed, isOwn: false, ...nobody, requested_acr };
  }
  const received = await continuedRequest(context, continuation);
  noteUiLocales(request, received.parameters.ui_locales);
  const { client, redirect_uri } = await findRedirectTarget(context, received);
  const login_hint = received.parameters.login_hint?.slice(0, 320);
  const requested_acr = requestedAcrIn(received.parameters);
  return { continuation, sealed, isOwn: false, client, redirect_uri, login_hint, requested_acr };
}
