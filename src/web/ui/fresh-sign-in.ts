import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Session } from '../../identity/sessions.ts';
import { enrolledSecondFactors } from '../../identity/user-authentication/index.ts';
import { beginPage, redirectToSignIn, stepUrl } from './continuation.ts';

/** How old, in seconds, a sign-in may be for acts that would outlast a borrowed browser. */
const recentSeconds = 600;

const twoFactors = 'urn:castellan:acr:two-factors';

/** Whether somebody signed in less than ten minutes ago. */
export function isRecent(context: Context, { auth_time }: Session): boolean {
  return context.now() - auth_time < recentSeconds;
}

/**
 * What stands before each change of how somebody signs in: undefined when they signed in less than ten minutes ago, with
 * a second factor if they have one, so that a trusted device is not enough. Otherwise the answer that leads to the
 * sign-in and back to `path`.
 */
export async function askFreshSignIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { session, path }: { readonly session: Session; readonly path: string },
): Promise<FastifyReply | undefined> {
  const lacksSecond = !session.amr.includes('mfa') && (await enrolledSecondFactors(context, session.user)).length > 0;
  if (!lacksSecond) return isRecent(context, session) ? undefined : redirectToSignIn(context, request, reply, path);
  const continuation = { ...beginPage(context, path), acr: twoFactors };
  const page = isRecent(context, session) ? '/login/step-up' : '/login';
  return reply.header('cache-control', 'no-store').redirect(stepUrl(context, request, reply, page, continuation), 303);
}
