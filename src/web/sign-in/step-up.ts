import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { currentSession } from '../ui/browser-session.ts';
import { stepUrl } from '../ui/continuation.ts';
import { queryOf } from '../ui/form-body.ts';
import { readPurpose } from './purpose.ts';
import { startOver } from './sign-in-state.ts';

/** Leads somebody who is signed in to the second factor: the session stands for what was proven before. */
export function stepUpPage(app: FastifyInstance, context: Context): void {
  app.get('/login/step-up', async (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    const session = await currentSession(context, request);
    if (!session || purpose.isOwn) return startOver(context, request, reply, purpose);
    const proof = {
      user_id: session.user.id,
      amr: [...session.amr],
      proven_at: context.now(),
      session_id: session.id,
    };
    const proven = { ...purpose.continuation, proof };
    return reply.redirect(stepUrl(context, request, reply, '/login/second-factor', proven), 303);
  });
}
