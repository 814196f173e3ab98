import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { askFreshSignIn } from '../../ui/fresh-sign-in.ts';
import { visitorSession } from '../guard.ts';

/** `askFreshSignIn` for the person who sent this request. */
export async function freshSignIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<string | undefined> {
  return askFreshSignIn(context, request, reply, { session: await visitorSession(context, request), path });
}
