import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { loginKey } from '../../../identity/login-name.ts';
import type { Session } from '../../../identity/sessions.ts';
import { accountSelectionRequired } from '../../../lib/errors.ts';
import { type ParsedParameters, requireUnrepeated } from '../../../lib/parameters.ts';
import type { AuthorizationRequest } from '../../../protocol/authorization-requests/index.ts';
import {
  chooseSession,
  currentSession,
  endBrowserSession,
  otherSessions,
  requireSameOrigin,
} from '../../ui/browser-session.ts';
import {
  beginPage,
  type Continuation,
  completeStep,
  denyUrl,
  readContinuation,
  stepUrl,
} from '../../ui/continuation.ts';
import { PageError } from '../../ui/error-page.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { tellApplications } from '../../ui/tell-applications.ts';
import { accountChooser, path } from '../account-chooser.ts';
import { readStepPage } from '../step-page.ts';
import { authorizationTexts } from '../texts/index.ts';
import type { AuthorizationState, Step } from './step.ts';

/**
 * With which account: where the request asks (prompt=select_account), names somebody who is signed in with this browser
 * besides the account in use, or where only others are signed in.
 */
export const selectAccount: Step = {
  name: 'select-account',
  path,
  silentError: accountSelectionRequired,
  isMissing(state) {
    const { request, session, others, done } = state;
    const { prompt } = request;
    const signsInAnyway = prompt.has('login') || prompt.has('create');
    if (!session) return others.length > 0 && !signsInAnyway && !prompt.has('none');
    if (done['select-account'] === session.user.id || done['sign-in'] === session.verifier_hash) return false;
    return prompt.has('select_account') || (!signsInAnyway && namesAnother(state));
  },
  pages(app: FastifyInstance, context: Context): void {
    app.get(path, (request, reply) => show(context, request, reply));
    app.post(path, (request, reply) => decide(context, request, reply));
  },
};

/** Whether an id_token_hint, a claims request or a login_hint names one of the others, and not who is in use. */
function namesAnother({ request, session, sub, others }: AuthorizationState): boolean {
  const { expected_sub, login_hint } = request;
  if (expected_sub !== undefined) return expected_sub !== sub && others.some((other) => other.sub === expected_sub);
  if (login_hint === undefined || !session || isHinted(session, login_hint)) return false;
  return others.some((other) => isHinted(other.session, login_hint));
}

function isHinted({ user: { username, email } }: Session, login_hint: string): boolean {
  const key = loginKey(login_hint);
  return key === loginKey(username) || (email !== undefined && key === loginKey(email));
}

/** What the choice is for: an authorization request, a page of ours, or the choice itself. */
interface Purpose {
  readonly continuation: Continuation;
  readonly sealed: string | undefined;
  readonly request: AuthorizationRequest | undefined;
  readonly parameters: ParsedParameters['parameters'];
}

async function readPurpose(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<Purpose> {
  const parameters = requireUnrepeated(request.method === 'POST' ? formOf(request) : queryOf(request));
  const sealed = parameters.continuation;
  if (sealed === undefined) return { continuation: beginPage(context, '/'), sealed, request: undefined, parameters };
  const continuation = await readContinuation(context, request, reply, sealed);
  if (continuation.kind === 'page') return { continuation, sealed, request: undefined, parameters };
  const { authorizationRequest } = await readStepPage(context, request, reply);
  return { continuation, sealed, request: authorizationRequest, parameters };
}

async function show(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const purpose = await readPurpose(context, request, reply);
  const current = await currentSession(context, request);
  const sessions = [...(current ? [current] : []), ...(await otherSessions(context, request))];
  const hint = purpose.request?.login_hint;
  if (sessions.length === 0) return reply.redirect(loginUrl(context, request, reply, purpose, current), 303);
  const hinted = hint === undefined ? [] : sessions.filter((session) => isHinted(session, hint));
  return sendPage(
    context,
    reply,
    accountChooser(textsFor(context, request, authorizationTexts), {
      ...purpose,
      current,
      sessions: [...new Set([...hinted, ...sessions])],
    }),
  );
}

async function decide(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const purpose = await readPurpose(context, request, reply);
  const { continuation, sealed, parameters } = purpose;
  const current = await currentSession(context, request);
  const { decision, user = '' } = parameters;
  const again = sealed === undefined ? path : `${path}?continuation=${sealed}`;
  if (decision === 'deny') return reply.redirect(denyUrl(context, request, reply, continuation), 303);
  if (decision === 'other') return reply.redirect(loginUrl(context, request, reply, purpose, current), 303);
  if (decision === 'sign-out') {
    await signOut(context, request, reply, user);
    return reply.redirect(again, 303);
  }
  if (decision !== 'continue') throw new PageError({ message: (t) => t('nothingToDo'), status: 400 });
  const chosen = await chooseSession(context, request, reply, user);
  // Who was signed out meanwhile is not offered again.
  if (!chosen) return reply.redirect(again, 303);
  const done = { step: 'select-account', as: chosen.user.id };
  return reply.redirect(completeStep(context, request, reply, continuation, done), 303);
}

async function signOut(context: Context, request: FastifyRequest, reply: FastifyReply, user_id: string): Promise<void> {
  const current = await currentSession(context, request);
  const sessions = [...(current ? [current] : []), ...(await otherSessions(context, request))];
  const session = sessions.find(({ user }) => user.id === user_id);
  if (!session) return;
  await endBrowserSession(context, request, reply, session);
  await tellApplications(context, request, [session.id]);
}

/** The sign-in page, for somebody else: for a page of ours it counts from after the sign-in of who is here now. */
function loginUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { continuation }: Purpose,
  current: Session | undefined,
): string {
  const begun =
    continuation.kind === 'page' && current
      ? { ...continuation, started_at: Math.max(continuation.started_at, current.auth_time + 1) }
      : continuation;
  return stepUrl(context, request, reply, '/login', begun);
}
