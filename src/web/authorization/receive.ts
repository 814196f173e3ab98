import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { OAuthError } from '../../lib/errors.ts';
import { html } from '../../lib/html.ts';
import {
  findRedirectTarget,
  keptOf,
  type ReceivedRequest,
  type RedirectTarget,
  receiveRequest,
} from '../../protocol/authorization-requests/index.ts';
import {
  type AuthorizationContinuation,
  beginAuthorization,
  continuedRequest,
  readContinuation,
} from '../ui/continuation.ts';
import { diagnosisUrl } from '../ui/diagnosis.ts';
import { PageError, toStart } from '../ui/error-page.ts';
import { queryOf } from '../ui/form-body.ts';
import { noteUiLocales } from '../ui/languages.ts';

/** What came to the authorization endpoint, and where its answer may go. */
export interface Arrival {
  readonly continuation: AuthorizationContinuation;
  readonly received: ReceivedRequest;
  readonly target: RedirectTarget;
}

/**
 * Reads a request that begins, or one that goes on, from its continuation alone. Throws a PageError as long as nobody
 * knows where an answer may go, with what an administrator needs to repair it.
 */
export async function receive(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Arrival> {
  const { continuation, received } = await begunOrContinued(context, request, reply);
  noteUiLocales(request, received.parameters.ui_locales);
  return { continuation, received, target: await findTarget(context, request, received) };
}

async function begunOrContinued(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Omit<Arrival, 'target'>> {
  const query = queryOf(request);
  if (query.parameters.continuation === undefined && !query.repeated.includes('continuation')) {
    const received = await receiveRequest(context, query);
    const kept = { parameters: keptOf(received, query), signed: received.isSigned };
    return { continuation: beginAuthorization(context, kept), received };
  }
  const continuation = await readContinuation(context, request, reply, query.parameters.continuation ?? '');
  if (continuation.kind !== 'authorization') throw new PageError({ message: (t) => t('nothingToDo'), status: 400 });
  return { continuation, received: await continuedRequest(context, continuation) };
}

async function findTarget(
  context: Context,
  request: FastifyRequest,
  received: ReceivedRequest,
): Promise<RedirectTarget> {
  let diagnosis: string | undefined;
  try {
    return await findRedirectTarget(context, received, ({ client_id, redirect_uri }) => {
      diagnosis = diagnosisUrl(context, { at: context.now(), request_id: request.id, client_id, redirect_uri });
    });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { error_description } = received.refusal ?? error;
    throw new PageError({
      message: (t) => t('cannotGoOn'),
      technical: `${error_description}.`,
      whatToDo: (t) => html`<p>${t('tellTheApplication')}</p>${toStart(t)}`,
      status: 400,
      ...(diagnosis === undefined ? {} : { diagnosisUrl: diagnosis }),
    });
  }
}
