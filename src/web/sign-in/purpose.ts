import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { findRedirectTarget } from '../../protocol/authorization-requests/index.ts';
import { type Continuation, continuedRequest, readContinuation } from '../ui/continuation.ts';
import type { SignInDisplay } from './sign-in-page.ts';

/** What somebody signs in for. */
export interface Purpose {
  /** Undefined when the page was opened for its own sake. */
  readonly continuation: Continuation | undefined;
  readonly display: SignInDisplay;
  readonly login_hint: string | undefined;
}

/** Reads a continuation and looks up what the page shows of it. Throws a PageError when it is not this browser's. */
export async function readPurpose(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): Promise<Purpose> {
  if (sealed === undefined) return { continuation: undefined, display: {}, login_hint: undefined };
  const continuation = readContinuation(context, request, reply, sealed);
  if (continuation.kind === 'page') return { continuation, display: { sealed }, login_hint: undefined };
  const received = await continuedRequest(context, continuation);
  const { client, redirect_uri } = await findRedirectTarget(context, received);
  const login_hint = received.parameters.login_hint?.slice(0, 320);
  return { continuation, display: { sealed, client, redirect_uri }, login_hint };
}
