import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Actor } from '../../identity/audit.ts';
import type { Session } from '../../identity/sessions.ts';
import { html } from '../../lib/html.ts';
import { currentSession, requireSameOrigin } from '../ui/browser-session.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { isRecent } from '../ui/fresh-sign-in.ts';

/** A longer address is not worth coming back to: sealed, it would be too long for a URL. */
const longestPath = 8000;

/** The hook before every page of the console: administrators only, and no form from elsewhere. */
export function guard(context: Context, home: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const isRead = request.method === 'GET';
    if (!isRead) requireSameOrigin(context, request);
    const session = await currentSession(context, request);
    if (!session) {
      const path = isRead && request.url.length <= longestPath ? request.url : home;
      return redirectToSignIn(context, request, reply, path);
    }
    if (!session.user.administrator) throw administratorsOnly();
    return undefined;
  };
}

/** The session of the administrator who sent this request. Throws where the guard does not stand. */
export async function administratorSession(context: Context, request: FastifyRequest): Promise<Session> {
  const session = await currentSession(context, request);
  if (!session?.user.administrator) throw new Error('a page of the console was reached past its guard');
  return session;
}

/** Who the audit log says did it. */
export async function actorOf(context: Context, request: FastifyRequest): Promise<Actor> {
  const { user } = await administratorSession(context, request);
  return { id: user.id, address: request.ip, request_id: request.id };
}

/**
 * Whether the administrator signed in less than five minutes ago. Acts that hand over accounts or cannot be undone ask
 * it; when it is not so, `redirectToSignIn` leads to the sign-in and back.
 */
export async function isRecentlySignedIn(context: Context, request: FastifyRequest): Promise<boolean> {
  return isRecent(context, await administratorSession(context, request));
}

function administratorsOnly(): PageError {
  return new PageError({
    heading: 'For administrators',
    message: 'The console is for the people who administer Castellan, and your account is not one of them.',
    whatToDo: html`<a href="/">Go to your applications</a>, or ask an administrator.`,
    status: 403,
  });
}
