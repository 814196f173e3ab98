/**
 * The sign-in page. It proves who a person is and sends the browser back to what it came for; what that is, it reads
 * from the continuation and knows nothing more of. Another way to prove who one is goes into
 * `identity/user-authentication`, and its fields into `sign-in-page.ts`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { attemptLogin, type LoginOutcome } from '../../identity/user-authentication/index.ts';
import { password as passwordMethod } from '../../identity/user-authentication/password.ts';
import { UserError } from '../../identity/users.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { currentSession, knownDevice, requireSameOrigin, startBrowserSession } from '../ui/browser-session.ts';
import { completeStep, denyUrl } from '../ui/continuation.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { sendPage } from '../ui/page.ts';
import { type Purpose, readPurpose } from './purpose.ts';
import { path, signInPage } from './sign-in-page.ts';

const loginCharacters = 320;

export function signInPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const goal = await alreadyReached(context, request, purpose);
    if (goal !== undefined) return reply.redirect(goal, 303);
    return sendPage(context, reply, signInPage({ ...purpose.display, username: purpose.login_hint }));
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation: sealed, decision, username, password } = requireUnrepeated(formOf(request));
    const purpose = await readPurpose(context, request, reply, sealed);
    const { continuation, display } = purpose;
    if (decision === 'deny' && continuation) return reply.redirect(denyUrl(context, request, reply, continuation), 303);

    if (username === undefined || username.length > loginCharacters || password === undefined) {
      const problem = 'Enter your user name or e-mail address, and your password.';
      return sendPage(
        context,
        reply,
        signInPage({ ...display, status: 400, problem, username: username?.slice(0, loginCharacters) }),
      );
    }
    const login = await attemptLogin(context, passwordMethod, {
      usernameOrEmail: username,
      presented: password,
      address: request.ip,
      device: knownDevice(context, request),
    });
    if (login.outcome === 'authenticated') return finish(context, request, reply, purpose, login);
    request.log.info({ outcome: login.outcome }, 'a sign-in was refused');
    if (login.outcome === 'throttled') reply.header('retry-after', String(login.refusedForSeconds));
    return sendPage(context, reply, signInPage({ ...display, ...refusal(login), username }));
  });
}

/** Where a visitor goes who has nothing to do here: somebody signed in who came for no reason, or in another tab since. */
async function alreadyReached(
  context: Context,
  request: FastifyRequest,
  { continuation }: Purpose,
): Promise<string | undefined> {
  if (continuation?.kind === 'authorization') return undefined;
  const session = await currentSession(context, request);
  if (!session) return undefined;
  if (!continuation) return '/';
  return session.auth_time >= continuation.started_at ? continuation.path : undefined;
}

async function finish(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { continuation, display }: Purpose,
  login: Extract<LoginOutcome, { outcome: 'authenticated' }>,
): Promise<FastifyReply> {
  try {
    const { user, amr, password_changed_at } = login;
    const session = await startBrowserSession(context, request, reply, { user, amr, password_changed_at });
    const done = { step: 'sign-in', as: session.verifier_hash };
    return reply.redirect(continuation ? completeStep(context, request, reply, continuation, done) : '/', 303);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return sendPage(
      context,
      reply,
      signInPage({ ...display, status: 403, problem: error.message, username: undefined }),
    );
  }
}

/** The same words and status whatever was wrong: nobody learns from them which accounts there are. */
function refusal(login: Exclude<LoginOutcome, { outcome: 'authenticated' }>): { status: number; problem: string } {
  if (login.outcome === 'refused')
    return { status: 403, problem: 'User name and password do not fit together. Check both and try again.' };
  return { status: 429, problem: `Too many attempts. Try again in ${duration(login.refusedForSeconds)}.` };
}

function duration(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
