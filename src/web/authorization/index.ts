/**
 * The authorization endpoint (RFC 6749 §3.1): a dispatcher. It finds the client and where the answer may go, reads the
 * request, and asks `nextStep` for the one thing that is still missing. A missing step sends the browser to the step's
 * page, which does its work and sends it back here; when nothing is missing, the response type answers. To add a step,
 * see `steps/index.ts`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import {
  accessDenied,
  invalidRequest,
  loginRequired,
  OAuthError,
  serverError,
  temporarilyUnavailable,
  unmetAuthenticationRequirements,
} from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import {
  type AuthorizationRequest,
  findRedirectTarget,
  parseAuthorizationRequest,
  type RedirectTarget,
} from '../../protocol/authorization-requests/index.ts';
import { isAcrMet } from '../../protocol/authorization-requests/requested-acr.ts';
import { findConsent } from '../../storage/consents.ts';
import { StorageError } from '../../storage/storage-error.ts';
import { currentSession } from '../ui/browser-session.ts';
import { type AuthorizationContinuation, beginAuthorization, readContinuation, stepUrl } from '../ui/continuation.ts';
import { diagnosisUrl } from '../ui/diagnosis.ts';
import { answerWithErrorPage, PageError } from '../ui/error-page.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { nextStep } from './next-step.ts';
import { respond, respondWithError } from './respond.ts';
import { steps } from './steps/index.ts';
import { isSomebodyElse } from './steps/sign-in.ts';
import type { AuthorizationState } from './steps/step.ts';

const path = '/oidc/oauth2/auth';

/** What may travel in a URL through usual proxies once it is sealed. */
const maximumRequestLength = 9000;

/** The authorization endpoint and the pages of its steps. */
export function authorizationEndpoint(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get(path, (request, reply) => authorize(context, request, reply));
  // Browsers send no cookies along with a form from another site, so that the session is only seen after a redirect.
  app.post(path, async (request, reply) => {
    formOf(request);
    const query = new URLSearchParams(String(request.body ?? '')).toString();
    if (query.length > maximumRequestLength) throw invalidRequest('the request is too large');
    return reply.header('cache-control', 'no-store').redirect(`${path}?${query}`, 303);
  });
  for (const step of steps.values()) step.pages?.(app, context);
}

async function authorize(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { continuation, wire } = received(context, request, reply);
  const target = await findTarget(context, request, wire);
  try {
    if (continuation.denied) throw accessDenied('the person did not allow it');
    const authorizationRequest = await parseAuthorizationRequest(context, target, wire);
    return await dispatch(context, request, reply, { authorizationRequest, continuation, target });
  } catch (error) {
    if (error instanceof OAuthError) return respondWithError(context, reply, target, error);
    if (error instanceof PageError) throw error;
    request.log.error({ err: error }, 'the authorization endpoint failed');
    const mayWorkSoon = error instanceof StorageError && error.reason === 'unavailable';
    const failed = (mayWorkSoon ? temporarilyUnavailable : serverError)(
      `the request failed; its reference is ${request.id}`,
    );
    return respondWithError(context, reply, target, failed);
  }
}

/** The request as it came, or as it came when it began, from the continuation alone. */
function received(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): { continuation: AuthorizationContinuation; wire: ParsedParameters } {
  const query = queryOf(request);
  if (query.parameters.continuation === undefined && !query.repeated.includes('continuation'))
    return { continuation: beginAuthorization(context, query.parameters), wire: query };
  const continuation = readContinuation(context, request, reply, query.parameters.continuation ?? '');
  if (continuation.kind !== 'authorization')
    throw new PageError({ message: 'There is nothing to do here.', status: 400 });
  return { continuation, wire: { parameters: continuation.parameters, repeated: [] } };
}

async function findTarget(context: Context, request: FastifyRequest, wire: ParsedParameters): Promise<RedirectTarget> {
  let diagnosis: string | undefined;
  try {
    return await findRedirectTarget(context, wire, ({ client_id, redirect_uri }) => {
      diagnosis = diagnosisUrl(context, { at: context.now(), request_id: request.id, client_id, redirect_uri });
    });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw new PageError({
      message: `This sign-in cannot go on, because of how the application asked for it: ${error.error_description}.`,
      whatToDo: 'Please tell the people who run the application. You have done nothing wrong.',
      status: 400,
      ...(diagnosis === undefined ? {} : { diagnosisUrl: diagnosis }),
    });
  }
}

async function dispatch(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  at: { authorizationRequest: AuthorizationRequest; continuation: AuthorizationContinuation; target: RedirectTarget },
): Promise<FastifyReply> {
  const { authorizationRequest, continuation, target } = at;
  const session = await currentSession(context, request);
  const { client, prompt, response_mode } = authorizationRequest;
  const state: AuthorizationState = {
    request: authorizationRequest,
    startedAt: continuation.started_at,
    session,
    consent: session && (await findConsent(context.database, session.user.id, client.client_id)),
    done: continuation.done,
  };
  if (!isAcrMet(authorizationRequest))
    throw unmetAuthenticationRequirements('the authentication that the request insists on is not to be had here');
  if (continuation.done['sign-in'] !== undefined && isSomebodyElse(state))
    throw loginRequired('somebody else signed in than the person whom the request names');

  const step = nextStep(state);
  if (step && prompt.has('none')) throw step.silentError(`prompt is none, and ${step.name} is still needed`);
  if (step || !session) {
    if (JSON.stringify(continuation).length > maximumRequestLength) throw invalidRequest('the request is too large');
    const url = stepUrl(context, request, reply, step?.path ?? '/login', continuation);
    return reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(url, 303);
  }
  const { response_type } = authorizationRequest;
  const answer = await response_type.issue(context, {
    request: authorizationRequest,
    session,
    authorization_id: continuation.id,
  });
  if (!answer)
    throw new PageError({
      heading: 'Already done',
      message: `You have been signed in to ${client.client_name} with this request before.`,
      whatToDo: 'Go back to the application. If it does not know you, sign in from there again.',
      status: 400,
    });
  return respond(context, reply, { ...target, response_mode }, answer);
}
