import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { enrolledSecondFactors } from '../../identity/user-authentication/index.ts';
import { beginPage, stepUrl } from './continuation.ts';

/** How old, in seconds, a sign-in may be for acts that would outlast a borrowed browser. */
const recentSeconds = 300;

const twoFactors = 'urn:castellan:acr:two-factors';

/** Whether somebody signed in less than five minutes ago. */
export function isRecent(context: Context, { auth_time }: Session): boolean {
  return context.now() - auth_time < recentSeconds;
}

/**
 * What stands before each change of how somebody signs in: undefined when they signed in less than five minutes ago, with
 * a second factor if they have one, so that a trusted device is not enough. Otherwise the address that leads to the
 * sign-in and back to `path`: redirect there, and do nothing more. It is no reply, for awaiting a reply of Fastify gives
 * undefined once it is sent, as if nothing stood against the change.
 */
export async function askFreshSignIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { session, path }: { readonly session: Session; readonly path: string },
): Promise<string | undefined> {
  const lacksSecond = !session.amr.includes('mfa') && (await enrolledSecondFactors(context, session.user)).length > 0;
  if (!lacksSecond && isRecent(context, session)) return undefined;
  reply.header('cache-control', 'no-store');
  const continuation = { ...beginPage(context, path), ...(lacksSecond && { acr: twoFactors }) };
  const page = isRecent(context, session) ? '/login/step-up' : '/login';
  return stepUrl(context, request, reply, page, continuation);
}
