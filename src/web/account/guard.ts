import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Actor } from '../../identity/audit.ts';
import { timeZoneOfUser } from '../../identity/languages.ts';
import type { Session } from '../../identity/sessions.ts';
import { currentSession, requireSameOrigin } from '../ui/browser-session.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { isRecent } from '../ui/fresh-sign-in.ts';
import { noteTimeZone } from '../ui/languages.ts';
import type { AccountPage } from './account-page.ts';

/** A longer address is not worth coming back to: sealed, it would be too long for a URL. */
const longestPath = 2000;

/** The hook before every page of the account: somebody is signed in, and no form comes from elsewhere. */
export function guard(context: Context, page: AccountPage, menu: readonly AccountPage[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const isRead = request.method === 'GET';
    if (!isRead) requireSameOrigin(context, request);
    placesOf.set(request, { page, menu });
    const session = await currentSession(context, request);
    if (session) {
      noteTimeZone(request, timeZoneOfUser(session.user));
      return undefined;
    }
    const path = isRead && request.url.length <= longestPath ? request.url : page.path;
    return redirectToSignIn(context, request, reply, path);
  };
}

/** The session of the person who sent this request. Throws where the guard does not stand. */
export async function visitorSession(context: Context, request: FastifyRequest): Promise<Session> {
  const session = await currentSession(context, request);
  if (!session) throw new Error('a page of the account was reached past its guard');
  return session;
}

/** Who the audit log says did it. */
export async function actorOf(context: Context, request: FastifyRequest): Promise<Actor> {
  const { user } = await visitorSession(context, request);
  return { id: user.id, address: request.ip, request_id: request.id };
}

/**
 * Whether the person signed in less than five minutes ago. Acts that change how one signs in ask it; when it is not so,
 * `redirectToSignIn` leads to the sign-in and back.
 */
export async function isRecentlySignedIn(context: Context, request: FastifyRequest): Promise<boolean> {
  return isRecent(context, await visitorSession(context, request));
}

/** Where in the account this request is. Throws where the guard does not stand. */
export function placeOf(request: FastifyRequest): {
  readonly page: AccountPage;
  readonly menu: readonly AccountPage[];
} {
  const place = placesOf.get(request);
  if (!place) throw new Error('a page of the account was reached past its guard');
  return place;
}

// Not state: what was found out about one request, forgotten with it.
const placesOf = new WeakMap<FastifyRequest, { readonly page: AccountPage; readonly menu: readonly AccountPage[] }>();
