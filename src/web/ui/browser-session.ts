import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type KnownDevice, readKnownDevice, rememberUser } from '../../identity/known-devices.ts';
import { languageOfUser, textsIn } from '../../identity/languages.ts';
import { notifyOfNewDevice } from '../../identity/notices.ts';
import { endSession, findSession, type Session, startSession } from '../../identity/sessions.ts';
import type { User } from '../../identity/users.ts';
import { browserState } from '../../protocol/logout/index.ts';
import { clearCookie, readCookie, replaceCookie, setCookie } from './cookies.ts';
import { deviceName } from './device-name/index.ts';
import { deviceNameTexts } from './device-name/texts/index.ts';

export { clearCookie, cookieName, readCookie, setCookie } from './cookies.ts';
export { requireSameOrigin } from './same-origin.ts';

/** The cookie that the check session iframe reads. */
export const browserStateCookie = 'browser_state';

const browserCookieSeconds = 365 * 24 * 60 * 60;

/** How many people may be signed in at one browser besides the one whose account is in use; the oldest is signed out. */
const othersAtMost = 5;
const tokenLength = 64;

/** The session of the browser that sent this request, looked up once for each request. */
export function currentSession(context: Context, request: FastifyRequest): Promise<Session | undefined> {
  const known = sessionsOfRequests.get(request);
  if (known) return known;
  const token = readCookie(context, request, 'session');
  const session = token === undefined ? Promise.resolve(undefined) : findSession(context, token);
  sessionsOfRequests.set(request, session);
  return session.then((found) => {
    if (!found) withoutSession.add(request);
    return found;
  });
}

/**
 * The sessions of other people at this browser, the one used last first. Their tokens stand one after another in a
 * cookie of their own; to look at them keeps none of them alive.
 */
export async function otherSessions(context: Context, request: FastifyRequest): Promise<readonly Session[]> {
  return (await heldSessions(context, request)).map(({ session }) => session);
}

/**
 * Whether this browser has nobody's account in use, and may have those of others. A session that has ended is known as
 * such once `currentSession` has been asked for it.
 */
export function mayOnlyHaveOthers(context: Context, request: FastifyRequest): boolean {
  const has = (name: string) => readCookie(context, request, name) !== undefined;
  return has('other_sessions') && (!has('session') || withoutSession.has(request));
}

/** Puts the account of somebody who is signed in at this browser into use. Undefined when they are not, or no longer. */
export async function chooseSession(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  user_id: string,
): Promise<Session | undefined> {
  const current = await currentSession(context, request);
  if (current?.user.id === user_id) return current;
  const held = await heldSessions(context, request);
  const chosen = held.find(({ session }) => session.user.id === user_id);
  if (!chosen) return undefined;
  const others = held.filter((one) => one !== chosen);
  await holdOthers(context, request, reply, [...(await currentAsHeld(context, request)), ...others]);
  use(context, request, reply, chosen);
  return chosen.session;
}

/**
 * Signs a user in at this browser: a new session, or the one that they have here with a new token; from then on the
 * browser is known for this user. Whoever was signed in before stays so, besides. Throws a UserError when the account
 * was changed meanwhile.
 */
export async function startBrowserSession(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  authentication: {
    readonly user: User;
    readonly amr: readonly string[];
    readonly password_changed_at?: number | undefined;
    readonly continued?: Session | undefined;
  },
): Promise<Session> {
  const device = knownDevice(context, request);
  const { user } = authentication;
  const all = [...(await currentAsHeld(context, request)), ...(await heldSessions(context, request))];
  const started = await startSession(context, {
    ...authentication,
    isNewDevice: !device?.users.includes(user.id),
    address: request.ip,
    user_agent: request.headers['user-agent'] ?? '',
    request_id: request.id,
    replaces: all.find(({ session }) => session.user.id === user.id)?.session,
  });
  const others = all.filter(({ session }) => session.user.id !== user.id);
  await holdOthers(context, request, reply, others);
  use(context, request, reply, started);
  if (!device?.users.includes(user.id)) tellOfNewDevice(context, started.session);
  const remembered = rememberUser(context, device, user.id);
  setCookie(context, reply, 'known_devices', remembered, browserCookieSeconds);
  return started.session;
}

function tellOfNewDevice(context: Context, { user, user_agent, address }: Session): void {
  const device = deviceName(textsIn(context, languageOfUser(user), deviceNameTexts), user_agent);
  context.inBackground(() => notifyOfNewDevice(context, user, { device, address }));
}

/** Which users have signed in with this browser before, for the throttle. */
export function knownDevice(context: Context, request: FastifyRequest): KnownDevice | undefined {
  return readKnownDevice(context, readCookie(context, request, 'known_devices'));
}

/** Signs somebody out at this browser: the person whose account is in use, unless the session of another is given. */
export async function endBrowserSession(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  ended?: Session,
): Promise<void> {
  const current = await currentSession(context, request);
  const session = ended ?? current;
  if (session)
    await endSession(context, session.id, { id: session.user.id, address: request.ip, request_id: request.id });
  if (session && session.id !== current?.id) {
    const held = await heldSessions(context, request);
    await holdOthers(
      context,
      request,
      reply,
      held.filter((one) => one.session.id !== session.id),
    );
    return;
  }
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
const withoutSession = new WeakSet<FastifyRequest>();
const heldOfRequests = new WeakMap<FastifyRequest, Promise<readonly HeldSession[]>>();
const newBrowsers = new WeakMap<FastifyRequest, string>();

/** A session with the token that this browser has for it. */
interface HeldSession {
  readonly session: Session;
  readonly token: string;
}

/** The others that still stand, one for each person, looked up once for each request. */
function heldSessions(context: Context, request: FastifyRequest): Promise<readonly HeldSession[]> {
  const known = heldOfRequests.get(request);
  if (known) return known;
  const held = findHeld(context, request);
  heldOfRequests.set(request, held);
  return held;
}

async function findHeld(context: Context, request: FastifyRequest): Promise<readonly HeldSession[]> {
  const cookie = readCookie(context, request, 'other_sessions') ?? '';
  const tokens = cookie.match(/.{64}/g) ?? [];
  if (tokens.length > othersAtMost || tokens.length * tokenLength !== cookie.length) return [];
  const held: HeldSession[] = [];
  const present = new Set([(await currentSession(context, request))?.user.id]);
  for (const token of tokens) {
    const session = await findSession(context, token, { lookedAt: true });
    if (!session || present.has(session.user.id)) continue;
    present.add(session.user.id);
    held.push({ session, token });
  }
  return held;
}

async function currentAsHeld(context: Context, request: FastifyRequest): Promise<readonly HeldSession[]> {
  const session = await currentSession(context, request);
  const token = readCookie(context, request, 'session');
  return session && token !== undefined ? [{ session, token }] : [];
}

/** Remembers who else is signed in at this browser. Those for whom there is no room are signed out. */
async function holdOthers(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  others: readonly HeldSession[],
): Promise<void> {
  const kept = others.slice(0, othersAtMost);
  for (const { session } of others.slice(othersAtMost))
    await endSession(context, session.id, { id: session.user.id, address: request.ip, request_id: request.id });
  heldOfRequests.set(request, Promise.resolve(kept));
  const tokens = kept.map(({ token }) => token).join('');
  if (tokens !== '') setCookie(context, reply, 'other_sessions', tokens, context.config.lifetimes.sessionSeconds);
  else if (readCookie(context, request, 'other_sessions') !== undefined) clearCookie(context, reply, 'other_sessions');
}

/** Puts a session into use: the cookie, and what the check session iframe reads. */
function use(context: Context, request: FastifyRequest, reply: FastifyReply, { session, token }: HeldSession): void {
  const { sessionSeconds } = context.config.lifetimes;
  setCookie(context, reply, 'session', token, sessionSeconds);
  showBrowserState(context, reply, browserState(context, session.id), sessionSeconds);
  sessionsOfRequests.set(request, Promise.resolve(session));
}

/**
 * Sets the one cookie that a script reads, that of the check session iframe: it stands in pages of other sites, so the
 * cookie must reach there. It tells nothing but whether the session is still the same.
 */
function showBrowserState(context: Context, reply: FastifyReply, state: string, maxAgeSeconds: number): void {
  const reach = context.config.secureCookies ? 'SameSite=None' : 'SameSite=Lax';
  replaceCookie(context, reply, browserStateCookie, state, maxAgeSeconds, reach);
}
