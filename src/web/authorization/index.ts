/**
 * The authorization endpoint (RFC 6749 §3.1): a dispatcher. It finds the client and where the answer may go, reads the
 * request, and asks `nextStep` for the one thing that is still missing. A missing step sends the browser to the step's
 * page, which does its work and sends it back here; when nothing is missing, the response type answers. To add a step,
 * see `steps/index.ts`.
 */
import { isDeepStrictEqual } from 'node:util';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { acrValuesSupported } from '../../identity/authentication-context.ts';
import { findConsent } from '../../identity/consents.ts';
import type { Session } from '../../identity/sessions.ts';
import { acrValuesWithSecondFactor } from '../../identity/user-authentication/index.ts';
import {
  accessDenied,
  invalidRequest,
  loginRequired,
  OAuthError,
  serverError,
  temporarilyUnavailable,
  unmetAuthenticationRequirements,
} from '../../lib/errors.ts';
import { allowedRequest } from '../../protocol/authorization-requests/asked-consent.ts';
import {
  type AuthorizationRequest,
  parseAuthorizationRequest,
  type ReceivedRequest,
  type RedirectTarget,
} from '../../protocol/authorization-requests/index.ts';
import {
  acrToTell,
  isAcrSupported,
  isBetterAcrWished,
  requestedAcr,
} from '../../protocol/authorization-requests/requested-acr.ts';
import { keepDescribedClient } from '../../protocol/client-registration/metadata-document.ts';
import { sessionStateOf } from '../../protocol/logout/index.ts';
import { subjectOf } from '../../protocol/subjects.ts';
import { consumePushedRequest } from '../../storage/pushed-authorization-requests.ts';
import { StorageError } from '../../storage/storage-error.ts';
import { currentSession, otherSessions } from '../ui/browser-session.ts';
import { type AuthorizationContinuation, stepUrl } from '../ui/continuation.ts';
import { answerWithErrorPage, PageError } from '../ui/error-page.ts';
import { formOf } from '../ui/form-body.ts';
import { finishedBefore } from '../ui/interrupted.ts';
import { nextStep } from './next-step.ts';
import { receive } from './receive.ts';
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
  const { continuation, received, target } = await receive(context, request, reply);
  try {
    if (continuation.unmet)
      throw unmetAuthenticationRequirements('the person cannot sign in as the request insists on');
    if (continuation.denied) throw accessDenied('the person did not allow it');
    const authorizationRequest = await parseAuthorizationRequest(context, target, received);
    return await dispatch(context, request, reply, { authorizationRequest, continuation, target });
  } catch (error) {
    if (error instanceof PageError) throw error;
    if (error instanceof OAuthError) return refuse(context, reply, { received, target }, error);
    request.log.error({ err: error }, 'the authorization endpoint failed');
    const mayWorkSoon = error instanceof StorageError && error.reason === 'unavailable';
    const failure = (mayWorkSoon ? temporarilyUnavailable : serverError)(
      `the request failed; its reference is ${request.id}`,
    );
    return refuse(context, reply, { received, target }, failure);
  }
}

/** Tells the client of an error, which is the one answer that a pushed request gives. */
async function refuse(
  context: Context,
  reply: FastifyReply,
  { received, target }: { received: ReceivedRequest; target: RedirectTarget },
  error: OAuthError,
): Promise<FastifyReply> {
  const { pushed_request_id, refusal } = received;
  const isFirstAnswer =
    pushed_request_id === undefined ||
    refusal !== undefined ||
    (await consumePushedRequest(context.database, pushed_request_id, context.now()));
  if (!isFirstAnswer) throw await finishedBefore(context, received.parameters);
  return respondWithError(context, reply, target, error);
}

/** What an authorization request is worked on with. */
interface Dispatch {
  readonly authorizationRequest: AuthorizationRequest;
  readonly continuation: AuthorizationContinuation;
  readonly target: RedirectTarget;
}

async function dispatch(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  at: Dispatch,
): Promise<FastifyReply> {
  const { authorizationRequest, continuation, target } = at;
  const { client, prompt, response_mode, response_type } = authorizationRequest;
  const state = await stateOf(context, request, at);
  const { session } = state;
  if (!isAcrSupported(requestedAcr(authorizationRequest)))
    throw unmetAuthenticationRequirements('the authentication that the request insists on is not to be had here');
  if (continuation.done['sign-in'] !== undefined && isSomebodyElse(state))
    throw loginRequired('somebody else signed in than the person whom the request names');

  const step = nextStep(state);
  if (step && prompt.has('none')) throw step.silentError(`prompt is none, and ${step.name} is still needed`);
  if (step || !session) {
    if (JSON.stringify(continuation).length > maximumRequestLength) throw invalidRequest('the request is too large');
    const path = step?.pathFor?.(context, authorizationRequest) ?? step?.path ?? '/login';
    const url = stepUrl(context, request, reply, path, continuation);
    return reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(url, 303);
  }
  await keepDescribedClient(context, client);
  const answer = await response_type.issue(context, {
    request: client.first_party ? authorizationRequest : allowedRequest(authorizationRequest, state.consent),
    session: { ...session, acr: acrToTell(requestedAcr(authorizationRequest), session.acr) },
    consent: client.first_party ? undefined : state.consent,
    authorization_id: continuation.id,
  });
  if (!answer) {
    const { redirect_uri } = authorizationRequest;
    if (isSameGround(state, await stateOf(context, request, at)))
      throw await finishedBefore(context, { client_id: client.client_id, redirect_uri });
    return dispatch(context, request, reply, at);
  }
  return respond(
    context,
    reply,
    { ...target, response_mode },
    { ...answer, ...sessionState(context, authorizationRequest, session) },
  );
}

async function stateOf(
  context: Context,
  request: FastifyRequest,
  { authorizationRequest, continuation }: Dispatch,
): Promise<AuthorizationState> {
  const session = await currentSession(context, request);
  const { client } = authorizationRequest;
  return {
    request: authorizationRequest,
    startedAt: continuation.started_at,
    session,
    sub: session && subjectOf(context, client, session.user.id),
    others: (await otherSessions(context, request)).map((other) => ({
      session: other,
      sub: subjectOf(context, client, other.user.id),
    })),
    consent: session && (await findConsent(context, session.user.id, client.client_id)),
    reachable_acr: session ? await reachableAcr(context, authorizationRequest, session) : [],
    done: continuation.done,
  };
}

/** What somebody signed in could reach, when the request wishes for more than was reached. */
async function reachableAcr(context: Context, request: AuthorizationRequest, session: Session): Promise<string[]> {
  const wishesForMore = isBetterAcrWished(requestedAcr(request), { acr: session.acr, reachable: acrValuesSupported });
  return wishesForMore ? acrValuesWithSecondFactor(context, session.user, session.amr) : [];
}

/** Whether what an authorization would stand on is as it was: neither has its session ended nor its consent changed. */
function isSameGround(before: AuthorizationState, now: AuthorizationState): boolean {
  return before.session?.id === now.session?.id && isDeepStrictEqual(before.consent, now.consent);
}

/** Session Management 1.0 §2: what the client's frames ask with whether this session is still the same. */
function sessionState(
  context: Context,
  { client, redirect_uri, scope, response_type }: AuthorizationRequest,
  session: Session,
): { readonly session_state?: string } {
  const authenticates = response_type.answersWithCode || response_type.answersWithTokens;
  if (!scope.includes('openid') || !authenticates) return {};
  const { client_id } = client;
  const session_state = sessionStateOf(context, { client_id, redirect_uri, session_id: session.id });
  return session_state === undefined ? {} : { session_state };
}
