/**
 * Signing out: the end session endpoint of RP-Initiated Logout 1.0, its question to the person, and the button of our
 * own pages. A session only ends on proof of intent: an ID Token of this very session, or a form of ours.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { invalidRequest } from '../../lib/errors.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { type LogoutRequest, parseLogoutRequest } from '../../protocol/logout/index.ts';
import { subjectOf } from '../../protocol/subjects.ts';
import { currentSession, endBrowserSession, requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { answerWithErrorPage, PageError } from '../ui/error-page.ts';
import { hiddenField } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { sendPage } from '../ui/page.ts';
import { visitorChip } from '../ui/visitor-menu.ts';
import { readConfirmation, sealConfirmation } from './confirmation.ts';

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
  app.get('/signed-out', async (_request, reply) => sendSignedOut(context, reply));
}

async function endSession(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const logoutRequest = await parseLogoutRequest(context, requireUnrepeated(queryOf(request)));
  const session = await currentSession(context, request);
  const { hint, client } = logoutRequest;
  if (!session) return leave(context, reply, logoutRequest);
  const isItsOwn =
    hint !== undefined && hint.sid === session.id && client && hint.sub === subjectOf(context, client, session.user.id);
  if (!isItsOwn) return ask(context, reply, session, logoutRequest);
  await endBrowserSession(context, request, reply);
  return leave(context, reply, logoutRequest);
}

async function confirmed(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireSameOrigin(context, request);
  const { confirmation, decision } = requireUnrepeated(formOf(request));
  const session = await currentSession(context, request);
  if (confirmation === undefined) {
    if (session) await endBrowserSession(context, request, reply);
    return reply.redirect('/signed-out', 303);
  }
  const asked = readConfirmation(context, confirmation);
  if (session && session.id !== asked.session_id)
    throw new PageError({
      message: 'Somebody else has signed in with this browser meanwhile, so nobody was signed out.',
      status: 400,
    });
  if (decision === 'deny') return reply.redirect('/', 303);
  if (session) await endBrowserSession(context, request, reply);
  if (asked.location !== undefined)
    return reply
      .headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .redirect(asked.location, 303);
  return reply.redirect('/signed-out', 303);
}

function ask(context: Context, reply: FastifyReply, session: Session, logoutRequest: LogoutRequest): FastifyReply {
  const { user } = session;
  const { client, location } = logoutRequest;
  return sendPage(context, reply, {
    title: 'Sign out?',
    lead: client ? `${client.client_name} asks whether you want to sign out.` : 'Do you want to sign out here?',
    formAction: location === undefined ? [] : [location],
    body: html`${visitorChip(user)}
${postForm({
  action: confirmPath,
  body: html`${hiddenField('confirmation', sealConfirmation(context, session.id, location))}
${buttonRow(
  submitButton({ label: 'Sign out', id: 'logout-confirm', name: 'decision', value: 'allow' }),
  submitButton({ label: 'Stay signed in', id: 'logout-cancel', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
})}`,
  });
}

/** On to the client when it proved with an ID Token that it belongs here; otherwise the signed-out page offers the way. */
function leave(context: Context, reply: FastifyReply, { client, hint, location }: LogoutRequest): FastifyReply {
  if (location !== undefined && hint)
    return reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(location, 303);
  return sendSignedOut(
    context,
    reply,
    client && location !== undefined ? { name: client.client_name, location } : undefined,
  );
}

function sendSignedOut(
  context: Context,
  reply: FastifyReply,
  back?: { readonly name: string; readonly location: string },
): FastifyReply {
  return sendPage(context, reply, {
    title: 'You are signed out',
    lead: 'Applications that you used may still know you until you sign out there, too.',
    body: html`${buttonRow(
      back && linkButton({ label: `Back to ${back.name}`, href: back.location }),
      linkButton({ label: 'Sign in again', href: '/login', kind: back ? 'quiet' : 'primary' }),
    )}`,
  });
}
