import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { stillStands } from '../../identity/user-authentication/index.ts';
import { findUser } from '../../identity/users.ts';
import { proofOf, stepUrl } from '../ui/continuation.ts';
import type { Purpose } from './purpose.ts';
import type { SignInState } from './requirements/requirement.ts';

/** What the page of a requirement stands on; undefined when the proof is missing, too old or void: then back to the start. */
export async function readSignInState(context: Context, purpose: Purpose): Promise<SignInState | undefined> {
  const proof = proofOf(context, purpose.continuation);
  const user = proof && (await stillStands(context, proof)) && (await findUser(context, proof.user_id));
  return user ? { purpose, proof, user } : undefined;
}

/** Sends somebody whose proof is too old back to the sign-in page. */
export function startOver(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { continuation: { proof: _old, ...continuation } }: Purpose,
): FastifyReply {
  return reply.redirect(stepUrl(context, request, reply, '/login', continuation), 303);
}
