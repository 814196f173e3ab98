/**
 * Signing in. The sign-in page proves who a person is, by user name and password or by one of `methods`; `proceed` then
 * asks `requirements` for what is still missing, starts the session, and sends the browser back to what it came for.
 * What that is stands in the continuation, with all that was proven on the way: nothing is stored for somebody who has
 * not signed in, and reload, the back button, a second tab or a restart of the server do no harm.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { attemptLogin, type LoginOutcome } from '../../identity/user-authentication/index.ts';
import { password as passwordMethod } from '../../identity/user-authentication/password.ts';
import type { HtmlValue } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { currentSession, knownDevice, requireSameOrigin } from '../ui/browser-session.ts';
import { denyUrl } from '../ui/continuation.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { signInMethods } from './methods/index.ts';
import type { ShowProblem } from './methods/sign-in-method.ts';
import { proceed } from './proceed.ts';
import { type Purpose, readPurpose } from './purpose.ts';
import { requirements } from './requirements/index.ts';
import { path, type SignInForm, signInPage } from './sign-in-page.ts';
import { backReasons } from './sign-in-state.ts';
import { stepUpPage } from './step-up.ts';
import { type SignInTexts, signInTexts } from './texts/index.ts';

const loginCharacters = 320;

export function signInPages(app: FastifyInstance, context: Context): void {
  app.get(path, async (request, reply) => {
    const { continuation, back } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const goal = await alreadyReached(context, request, purpose);
    if (goal !== undefined) return reply.redirect(goal, 303);
    const reason = back === 'late' || back === 'changed' ? backReasons[back] : undefined;
    const problem = reason && textsFor(context, request, signInTexts)(reason);
    return show(context, request, reply, purpose, { username: purpose.login_hint, ...(problem && { problem }) });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, decision, username, password } = requireUnrepeated(formOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const t = textsFor(context, request, signInTexts);
    if (decision === 'deny' && !purpose.isOwn)
      return reply.redirect(denyUrl(context, request, reply, purpose.continuation), 303);
    if (username === undefined || username.length > loginCharacters || password === undefined)
      return show(context, request, reply, purpose, {
        status: 400,
        problem: t('enterBoth'),
        username: username?.slice(0, loginCharacters),
      });

    const login = await attemptLogin(context, passwordMethod, {
      usernameOrEmail: username,
      presented: password,
      address: request.ip,
      device: knownDevice(context, request),
    });
    if (login.outcome === 'authenticated') return proceed(context, request, reply, purpose, login.proof);
    request.log.info({ outcome: login.outcome }, 'a sign-in was refused');
    if (login.outcome === 'throttled') reply.header('retry-after', String(login.refusedForSeconds));
    return show(context, request, reply, purpose, { ...refusal(login, t), username });
  });

  stepUpPage(app, context);
  const showProblem: ShowProblem = (request, reply, purpose, problem) =>
    show(context, request, reply, purpose, { ...problem, username: purpose.login_hint });
  for (const method of signInMethods.values()) method.routes(app, context, showProblem);
  for (const requirement of requirements.values()) requirement.routes(app, context, proceed);
}

async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  form: SignInForm,
): Promise<FastifyReply> {
  const offers: HtmlValue[] = [];
  const asides: HtmlValue[] = [];
  for (const method of signInMethods.values())
    (method.isAside ? asides : offers).push(await method.offer(context, request, purpose));
  const scripts = [...signInMethods.values()].flatMap((method) => method.scripts ?? []);
  const page = signInPage(textsFor(context, request, signInTexts), { purpose, form, offers, asides });
  return sendPage(context, reply, { ...page, scripts });
}

/** Where a visitor goes who has nothing to do here: somebody signed in who came for no reason, or in another tab since. */
async function alreadyReached(
  context: Context,
  request: FastifyRequest,
  { continuation, isOwn }: Purpose,
): Promise<string | undefined> {
  if (continuation.kind === 'authorization') return undefined;
  const session = await currentSession(context, request);
  if (!session) return undefined;
  if (isOwn) return '/';
  return session.auth_time >= continuation.started_at ? continuation.path : undefined;
}

/** The same words and status whatever was wrong: nobody learns from them which accounts there are. */
function refusal(
  login: Exclude<LoginOutcome, { outcome: 'authenticated' }>,
  t: SignInTexts,
): { status: number; problem: string } {
  if (login.outcome === 'refused') return { status: 403, problem: t('wrongPassword') };
  return { status: 429, problem: t('tooManyAttempts', { seconds: login.refusedForSeconds }) };
}
