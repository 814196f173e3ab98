import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { enrolledSecondFactors } from '../../../identity/user-authentication/index.ts';
import { beginPage, redirectToSignIn, stepUrl } from '../../ui/continuation.ts';
import { isRecentlySignedIn, visitorSession } from '../guard.ts';

const twoFactors = 'urn:castellan:acr:two-factors';

/**
 * What stands before each change of how somebody signs in: undefined when they signed in less than ten minutes ago, with
 * a second factor if they have one, so that a trusted device is not enough. Otherwise the answer that leads to the
 * sign-in and back to `path`.
 */
export async function freshSignIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<FastifyReply | undefined> {
  const { user, amr } = await visitorSession(context, request);
  const lacksSecond = !amr.includes('mfa') && (await enrolledSecondFactors(context, user)).length > 0;
  const isRecent = await isRecentlySignedIn(context, request);
  if (isRecent && !lacksSecond) return undefined;
  if (!lacksSecond) return redirectToSignIn(context, request, reply, path);
  const continuation = { ...beginPage(context, path), acr: twoFactors };
  const page = isRecent ? '/login/step-up' : '/login';
  return reply.header('cache-control', 'no-store').redirect(stepUrl(context, request, reply, page, continuation), 303);
}
