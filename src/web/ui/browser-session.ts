import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type KnownDevice, readKnownDevice, rememberUser } from '../../identity/known-devices.ts';
import { endSession, findSession, type Session, startSession } from '../../identity/sessions.ts';
import type { User } from '../../identity/users.ts';
import { browserState } from '../../protocol/logout/index.ts';
import { clearCookie, readCookie, replaceCookie, setCookie } from './cookies.ts';

export { clearCookie, cookieName, readCookie, setCookie } from './cookies.ts';
export { requireSameOrigin } from './same-origin.ts';

/** The cookie that the check session iframe reads. */
export const browserStateCookie = 'browser_state';

const browserCookieSeconds = 365 * 24 * 60 * 60;

/** The session of the browser that sent this request, looked up once for each request. */
export function currentSession(context: Context, request: FastifyRequest): Promise<Session | undefined> {
  const known = sessionsOfRequests.get(request);
  if (known) return known;
  const token = readCookie(context, request, 'session');
  const session = token === undefined ? Promise.resolve(undefined) : findSession(context, token);
  sessionsOfRequests.set(request, session);
  return session;
}

/**
 * Signs a user in at this browser: a new session, or the present one with a new token when it is the same user; from
 * then on the browser is known for this user. Throws a UserError when the account was changed meanwhile.
 */
export async function startBrowserSession(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  authentication: {
    readonly user: User;
    readonly amr: readonly string[];
    readonly password_changed_at?: number | undefined;
  },
): Promise<Session> {
  const device = knownDevice(context, request);
  const { session, token } = await startSession(context, {
    ...authentication,
    isNewDevice: !device?.users.includes(authentication.user.id),
    address: request.ip,
    user_agent: request.headers['user-agent'] ?? '',
    request_id: request.id,
    replaces: await currentSession(context, request),
  });
  const { sessionSeconds } = context.config.lifetimes;
  setCookie(context, reply, 'session', token, sessionSeconds);
  showBrowserState(context, reply, browserState(context, session.id), sessionSeconds);
  const remembered = rememberUser(context, device, authentication.user.id);
  setCookie(context, reply, 'known_devices', remembered, browserCookieSeconds);
  sessionsOfRequests.set(request, Promise.resolve(session));
  return session;
}

/** Which users have signed in with this browser before, for the throttle. */
export function knownDevice(context: Context, request: FastifyRequest): KnownDevice | undefined {
  return readKnownDevice(context, readCookie(context, request, 'known_devices'));
}

/** Signs this browser out. */
export async function endBrowserSession(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const session = await currentSession(context, request);
  if (session)
    await endSession(context, session.id, { id: session.user.id, address: request.ip, request_id: request.id });
  clearCookie(context, reply, 'session');
  showBrowserState(context, reply, '', 0);
  sessionsOfRequests.set(request, Promise.resolve(undefined));
}

/** The random name of this browser, to which continuations are bound; given to it when it has none. */
export function browserId(context: Context, request: FastifyRequest, reply: FastifyReply): string {
  const known = newBrowsers.get(request) ?? readCookie(context, request, 'browser');
  if (known !== undefined && known.length === 43) return known;
  const id = context.randomBytes(32).toString('base64url');
  newBrowsers.set(request, id);
  setCookie(context, reply, 'browser', id, browserCookieSeconds);
  return id;
}

// Not state: what was found out about one request, forgotten with it.
const sessionsOfRequests = new WeakMap<FastifyRequest, Promise<Session | undefined>>();
const newBrowsers = new WeakMap<FastifyRequest, string>();

/**
 * Sets the one cookie that a script reads, that of the check session iframe: it stands in pages of other sites, so the
 * cookie must reach there. It tells nothing but whether the session is still the same.
 */
function showBrowserState(context: Context, reply: FastifyReply, state: string, maxAgeSeconds: number): void {
  const reach = context.config.secureCookies ? 'SameSite=None' : 'SameSite=Lax';
  replaceCookie(context, reply, browserStateCookie, state, maxAgeSeconds, reach);
}
