import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import { findIdentityProvider, kindOf } from '../../../protocol/identity-providers/registered-providers.ts';
import { currentSession } from '../../ui/browser-session.ts';
import { redirectToSignIn, resumeUrl } from '../../ui/continuation.ts';
import { queryOf } from '../../ui/form-body.ts';
import { askFreshSignIn } from '../../ui/fresh-sign-in.ts';
import { redirectWithNews } from '../../ui/news.ts';
import type { ShowProblem } from '../methods/sign-in-method.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { noSuchProvider, problemText, tooLong } from './federation-errors.ts';
import { beginFlow, checksOf, type Flow } from './flow.ts';

export type ProviderRequest = FastifyRequest<{ Params: { provider: string } }>;

/** Where people manage what they are connected to. */
export const securityPath = '/account/security';

/** Sends the browser to a provider: to sign in, or with `connect` to connect the account of whoever is signed in. */
export function startRoute(app: FastifyInstance, context: Context, showProblem: ShowProblem): void {
  app.get('/login/with/:provider', async (request: ProviderRequest, reply) => {
    const { continuation, connect } = requireUnrepeated(queryOf(request));
    const provider = await enabledProvider(context, request);
    const session = await currentSession(context, request);
    if (connect !== undefined) {
      const path = `/login/with/${provider.name}?connect=true`;
      if (!session) return redirectToSignIn(context, request, reply, path);
      const toSignIn = await askFreshSignIn(context, request, reply, { session, path });
      if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
    }
    const purpose = await readPurpose(context, request, reply, continuation);
    const begun = beginFlow(context, request, reply, {
      provider: provider.name,
      continuation,
      user_id: connect === undefined ? undefined : session?.user.id,
    });
    if (!begun) return showProblem(request, reply, purpose, tooLong(context, request, provider));
    const { flow, state } = begun;
    try {
      const again = session !== undefined || asksAnew(purpose);
      const { href } = await kindOf(provider).authorizationUrl(context, provider, {
        ...checksOf(context, flow, state),
        again,
      });
      return reply.header('cache-control', 'no-store').redirect(href, 303);
    } catch (error) {
      return sendProblem(context, request, reply, { provider, flow, purpose, error, showProblem });
    }
  });
}

/** The provider that the address names. Throws a PageError when there is none, or it is disabled. */
export async function enabledProvider(context: Context, request: ProviderRequest): Promise<IdentityProvider> {
  const provider = await findIdentityProvider(context, request.params.provider);
  if (!provider || provider.disabled) throw noSuchProvider(context, request);
  return provider;
}

/** Tells what came in the way, where the person came from: on the sign-in page, or in the account. */
export async function sendProblem(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  failed: {
    readonly provider: IdentityProvider;
    readonly flow: Flow;
    readonly purpose: Purpose;
    readonly error: unknown;
    readonly showProblem: ShowProblem;
  },
): Promise<FastifyReply> {
  const { provider, flow, purpose, error, showProblem } = failed;
  const shown = problemText(context, request, provider, error);
  const isSignedIn = (await currentSession(context, request)) !== undefined;
  if (flow.user_id === undefined || !isSignedIn) return showProblem(request, reply, purpose, shown);
  return redirectWithNews(context, request, reply, securityPath, { text: shown.problem, isRefusal: true });
}

/** Where somebody goes on whose visit to a provider was over before: to what they came for, which asks who they are. */
export function onwardUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { purpose: { continuation }, isForAccount }: { readonly purpose: Purpose; readonly isForAccount: boolean },
): string {
  if (isForAccount) return securityPath;
  return continuation.kind === 'page' ? continuation.path : resumeUrl(context, request, reply, continuation);
}

/** Whether the application wants to be sure that it is this person now, not some hours ago. */
function asksAnew({ continuation }: Purpose): boolean {
  if (continuation.kind !== 'authorization') return false;
  const { prompt = '', max_age } = continuation.parameters;
  return max_age !== undefined || prompt.split(' ').includes('login');
}
