import type { FastifyInstance } from 'fastify';
import type { Context } from '../../../context.ts';
import { attemptFederation } from '../../../identity/user-authentication/index.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider, UpstreamIdentity } from '../../../protocol/identity-providers/index.ts';
import { kindOf, provesTwoFactors } from '../../../protocol/identity-providers/registered-providers.ts';
import { isRemembered, rememberOnce } from '../../../storage/replays.ts';
import { queryOf } from '../../ui/form-body.ts';
import type { ShowProblem } from '../methods/sign-in-method.ts';
import { proceed } from '../proceed.ts';
import { readPurpose } from '../purpose.ts';
import { startAgain } from './federation-errors.ts';
import { checksOf, type Flow, type Newcomer, newcomerUrl, readFlow } from './flow.ts';
import { enabledProvider, onwardUrl, type ProviderRequest, sendProblem } from './start.ts';

/** A spent address is remembered for as long as its state could be read. */
const replaySeconds = 3700;

/** Where a provider sends people back to. */
export function callbackRoute(app: FastifyInstance, context: Context, showProblem: ShowProblem): void {
  app.get('/login/with/:provider/callback', async (request: ProviderRequest, reply) => {
    const { state = '' } = requireUnrepeated(queryOf(request));
    const provider = await enabledProvider(context, request);
    const flow = readFlow(context, request, reply, state);
    if (flow.provider !== provider.name) throw startAgain(context, request);
    const purpose = await readPurpose(context, request, reply, flow.continuation);
    const checks = checksOf(context, flow, state);
    const url = new URL(`${checks.redirect_uri}${new URL(request.url, checks.redirect_uri).search}`);
    // The address is good for one sign-in. Whoever opens it again goes on, with nothing proven by it.
    const key = `federation/${flow.id}`;
    const onward = () => onwardUrl(context, request, reply, { purpose, isForAccount: flow.user_id !== undefined });
    if (await isRemembered(context.database, key, context.now())) return reply.redirect(onward(), 303);
    try {
      const identity = await kindOf(provider).redeem(context, provider, url, checks);
      if (!(await rememberOnce(context.database, key, context.now() + replaySeconds)))
        return reply.redirect(onward(), 303);
      if (flow.user_id === undefined) {
        const isMfa = provesTwoFactors(provider, identity);
        const proof = await attemptFederation(context, { provider: provider.name, sub: identity.sub, isMfa });
        if (proof) return proceed(context, request, reply, purpose, proof);
      }
      const newcomer = { ...(await newcomerOf(provider, identity, flow)), proven_at: context.now() };
      const page = flow.user_id === undefined ? 'new' : 'connect';
      return reply.redirect(newcomerUrl(context, request, reply, { page, newcomer }), 303);
    } catch (error) {
      return sendProblem(context, request, reply, { provider, flow, purpose, error, showProblem });
    }
  });
}

async function newcomerOf(
  provider: IdentityProvider,
  identity: UpstreamIdentity,
  flow: Flow,
): Promise<Omit<Newcomer, 'proven_at'>> {
  const claims = await identity.claims();
  const { id, continuation, user_id, started_at } = flow;
  return {
    id,
    provider: provider.name,
    sub: identity.sub,
    label: claims.email ?? claims.preferred_username ?? claims.name ?? identity.sub,
    isMfa: provesTwoFactors(provider, identity),
    ...claims,
    email_verified: claims.email_verified && provider.settings.trusts_email_verified,
    continuation,
    user_id,
    started_at,
  };
}
