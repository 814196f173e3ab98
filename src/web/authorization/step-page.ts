import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type ParsedParameters, requireUnrepeated } from '../../lib/parameters.ts';
import {
  type AuthorizationRequest,
  findRedirectTarget,
  parseAuthorizationRequest,
} from '../../protocol/authorization-requests/index.ts';
import { type AuthorizationContinuation, continuedRequest, readContinuation } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { noteUiLocales } from '../ui/languages.ts';

/** What a step's page stands on: the request, read anew and checked anew from the continuation. */
export interface AuthorizationStepPage {
  readonly continuation: AuthorizationContinuation;
  /** The continuation as it came, for the page's form. */
  readonly sealed: string;
  readonly authorizationRequest: AuthorizationRequest;
  readonly parameters: ParsedParameters['parameters'];
}

/** Reads the continuation in the query or, for a POST, in the form. Throws a PageError, or the request's own error. */
export async function readStepPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AuthorizationStepPage> {
  const parameters = requireUnrepeated(request.method === 'POST' ? formOf(request) : queryOf(request));
  const sealed = parameters.continuation ?? '';
  const continuation = await readContinuation(context, request, reply, sealed);
  if (continuation.kind !== 'authorization') throw new PageError({ message: (t) => t('nothingToDo'), status: 400 });
  const received = await continuedRequest(context, continuation);
  noteUiLocales(request, received.parameters.ui_locales);
  const target = await findRedirectTarget(context, received);
  const authorizationRequest = await parseAuthorizationRequest(context, target, received);
  return { continuation, sealed, authorizationRequest, parameters };
}
