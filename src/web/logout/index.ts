/**
 * Signing out: the end session endpoint of RP-Initiated Logout 1.0, its question to the person, and the button of our
 * own pages. A session only ends on proof of intent: an ID Token of this very session, or a form of ours. Then the
 * applications of the session are told, and the person is told which.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { endSessionsOf, listSessions, type Session } from '../../identity/sessions.ts';
import { invalidRequest } from '../../lib/errors.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { findClient } from '../../protocol/clients.ts';
import {
  type EndedSession,
  type LogoutRequest,
  listClientsOfSession,
  parseLogoutRequest,
} from '../../protocol/logout/index.ts';
import { sidOf, subjectOf } from '../../protocol/subjects.ts';
import { currentSession, endBrowserSession, otherSessions, requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { answerWithErrorPage, PageError } from '../ui/error-page.ts';
import { errorTexts } from '../ui/error-texts/texts/index.ts';
import { hiddenField, problemSummary } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { tellApplications } from '../ui/tell-applications.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { visitorChip } from '../ui/visitor-menu.ts';
import { readConfirmation, sealConfirmation } from './confirmation.ts';
import { signOutAll } from './remaining-accounts.ts';
import { framesOf, readSignedOut, type SignedOut, sendSignedOut, signedOutPath, signedOutUrl } from './signed-out.ts';
import { logoutTexts } from './texts/index.ts';

const endpointPath = '/oidc/oauth2/logout';
const confirmPath = '/logout';

/** The end session endpoint and the pages of signing out. */
export function logoutPages(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.get(endpointPath, (request, reply) => endSession(context, request, reply));
  // Browsers send no cookies along with a form from another site, so that the session is only seen after a redirect.
  app.post(endpointPath, async (request, reply) => {
    formOf(request);
    const query = new URLSearchParams(String(request.body ?? '')).toString();
    if (query.length > 12_000) throw invalidRequest('the request is too large');
    return reply.header('cache-control', 'no-store').redirect(`${endpointPath}?${query}`, 303);
  });
  app.post(confirmPath, (request, reply) => confirmed(context, request, reply));
  app.get(signedOutPath, async (request, reply) => {
    const { receipt } = requireUnrepeated(queryOf(request));
    return sendSignedOut(context, reply, readSignedOut(context, request, reply, receipt));
  });
}

async function endSession(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const logoutRequest = await parseLogoutRequest(context, requireUnrepeated(queryOf(request)));
  const session = await currentSession(context, request);
  const others = await otherSessions(context, request);
  const { hint, client, location } = logoutRequest;
  const named = [...(session ? [session] : []), ...others].find((one) => isNamed(context, logoutRequest, one));
  if (session && !named) return ask(context, request, reply, { ...logoutRequest, session, others });
  const ended = named ? [await signOut(context, request, reply, named)] : [];
  // Only who proved with an ID Token that it belongs here gets the browser back without the person's doing.
  const signedOut = { ended, client_id: client?.client_id, location, goesOn: hint !== undefined };
  if (await goesOnAtOnce(context, signedOut)) return goOn(reply, location);
  return sendSignedOut(context, reply, signedOut);
}

/** Whether the request's ID Token is of this session, which may be one of several at this browser. */
function isNamed(context: Context, { hint, client }: LogoutRequest, { id, user }: Session): boolean {
  if (!hint || !client) return false;
  return hint.sid === sidOf(context, client, id) && hint.sub === subjectOf(context, client, user.id);
}

async function confirmed(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const { confirmation, decision, everywhere, accounts } = requireUnrepeated(formOf(request));
  const session = await currentSession(context, request);
  if (confirmation === undefined) {
    const elsewhere = session && everywhere === 'true' ? await signOutElsewhere(context, request, session) : [];
    const others = accounts === 'all' ? await otherSessions(context, request) : [];
    const ended: EndedSession[] = [];
    for (const one of [...others, ...(session ? [session] : [])])
      ended.push(await signOut(context, request, reply, one));
    return reply.redirect(signedOutUrl(context, request, reply, { ended, elsewhere, goesOn: false }), 303);
  }
  const { session_id, location, client_id, isOld } = readConfirmation(context, confirmation);
  if (session && session.id !== session_id)
    throw new PageError({
      message: (t) => t('somebodyElse'),
      whatToDo: (t) => html`<p>${t('signOutFromThere')}</p>
${linkButton({ label: t('goToStart'), href: '/', kind: 'quiet', wide: true })}`,
      status: 400,
    });
  if (decision === 'deny') return reply.redirect('/', 303);
  if (session && isOld) {
    const client = client_id === undefined ? undefined : await findClient(context, client_id);
    const others = await otherSessions(context, request);
    return ask(context, request, reply, { session, others, client, location, isAnew: true });
  }
  const ended = session ? [await signOut(context, request, reply, session)] : [];
  const signedOut = { ended, client_id, location, goesOn: true };
  if (await goesOnAtOnce(context, signedOut)) return goOn(reply, location);
  return reply.redirect(signedOutUrl(context, request, reply, signedOut), 303);
}

/** Ends the session and tells its applications; the person waits a moment for them, and not for those that are slow. */
async function signOut(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): Promise<EndedSession> {
  const { id: session_id } = session;
  const clients = await listClientsOfSession(context, session_id);
  await endBrowserSession(context, request, reply, session);
  const ended = { session_id, ended_at: context.now(), ...clients };
  await tellApplications(context, request, [session_id]);
  return ended;
}

/** Ends the person's other sessions, which the account asks for, and resolves with their ids. */
async function signOutElsewhere(context: Context, request: FastifyRequest, { id, user }: Session): Promise<string[]> {
  const others = (await listSessions(context, user.id)).map((session) => session.id).filter((one) => one !== id);
  const actor = { id: user.id, address: request.ip, request_id: request.id };
  await endSessionsOf(context, user.id, actor, { keepSession: id });
  await tellApplications(context, request, others);
  return others;
}

/** Whether there is nothing to do on the way back to the application. */
async function goesOnAtOnce(context: Context, signedOut: SignedOut): Promise<boolean> {
  if (signedOut.location === undefined || !signedOut.goesOn) return false;
  return (await framesOf(context, signedOut)).length === 0;
}

function goOn(reply: FastifyReply, location = '/'): FastifyReply {
  return reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(location, 303);
}

async function ask(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  {
    session,
    others,
    client,
    location,
    isAnew = false,
  }: Pick<LogoutRequest, 'client' | 'location'> & {
    readonly session: Session;
    readonly others: readonly Session[];
    /** Whether the same question was answered too late. */
    readonly isAnew?: boolean;
  },
): Promise<FastifyReply> {
  const t = textsFor(context, request, logoutTexts);
  const confirmation = sealConfirmation(context, session.id, { location, client_id: client?.client_id });
  return sendPage(context, reply, {
    title: t('question'),
    ...(isAnew && { status: 400 }),
    lead: client ? t('clientAsks', { client: client.client_name }) : t('doYouWant'),
    formAction: location === undefined ? [] : [location],
    body: html`${isAnew && problemSummary([t.with(errorTexts)('questionTooOld')])}${visitorChip(session.user)}
${postForm({
  action: confirmPath,
  body: html`${hiddenField('confirmation', confirmation)}
${buttonRow(
  submitButton({ label: t.with(uiTexts)('signOut'), id: 'logout-confirm', name: 'decision', value: 'allow' }),
  submitButton({ label: t('stay'), id: 'logout-cancel', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
})}${others.length > 0 && signOutAll(t)}`,
  });
}
