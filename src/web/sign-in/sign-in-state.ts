import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type Proof, proofSeconds, stillStands } from '../../identity/user-authentication/index.ts';
import { findUser } from '../../identity/users.ts';
import { isRemembered, rememberOnce } from '../../storage/replays.ts';
import { currentSession } from '../ui/browser-session.ts';
import { type Continuation, completeStep, proofOf, resumeUrl, stepUrl } from '../ui/continuation.ts';
import type { Purpose } from './purpose.ts';
import type { SignInState } from './requirements/requirement.ts';

/** What the page of a requirement stands on; undefined when the proof is missing, too old, used or void: then `startOver`. */
export async function readSignInState(context: Context, purpose: Purpose): Promise<SignInState | undefined> {
  const proof = proofOf(context, purpose.continuation);
  if (!proof || (await isUsed(context, proof))) return undefined;
  const user = (await stillStands(context, proof)) && (await findUser(context, proof.user_id));
  return user ? { purpose, proof, user } : undefined;
}

/** Why somebody is back at the sign-in page: they took too long, or the account was changed meanwhile. */
export const backReasons = { late: 'tookTooLong', changed: 'accountChanged' } as const;

/** Notes that a proof became a session. Of one that was sealed into an address, which a browser remembers, one does. */
export async function isFirstUse({ database }: Context, { id, proven_at }: Proof): Promise<boolean> {
  return id === undefined || rememberOnce(database, keyOf(id), proven_at + proofSeconds);
}

/**
 * Sends somebody on whose proof is good no more. When it became the session that this browser has, by a second click or
 * in another tab, that goes on. Otherwise the way leads back to where it was given, which says why: to the sign-in page,
 * or where a session stood for it to the same question, asked anew.
 */
export async function startOver(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  reason?: keyof typeof backReasons,
): Promise<FastifyReply> {
  const { proof, ...continuation } = purpose.continuation;
  const onward = proof && (await onwardUrl(context, request, reply, { continuation, proof }));
  if (onward !== undefined) return reply.redirect(onward, 303);
  const isLate = proof !== undefined && proofOf(context, purpose.continuation) === undefined;
  const page = isLate && proof.session_id !== undefined ? '/login/step-up' : '/login';
  const url = stepUrl(context, request, reply, page, continuation);
  const back = reason ?? (isLate ? 'late' : undefined);
  return reply.redirect(back === undefined ? url : `${url}&back=${back}`, 303);
}

/** Where a sign-in goes on that became a session before; undefined when it did not, or that is not there any more. */
async function onwardUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { continuation, proof }: { readonly continuation: Continuation; readonly proof: Proof },
): Promise<string | undefined> {
  const session = await currentSession(context, request);
  if (session?.user.id !== proof.user_id || !(await isUsed(context, proof))) return undefined;
  if (continuation.kind === 'page') return continuation.path;
  const isFromIt = proof.session_id === undefined && session.auth_time >= proof.proven_at;
  if (!isFromIt) return resumeUrl(context, request, reply, continuation);
  return completeStep(context, request, reply, continuation, { step: 'sign-in', as: session.verifier_hash });
}

async function isUsed(context: Context, { id }: Proof): Promise<boolean> {
  return id !== undefined && isRemembered(context.database, keyOf(id), context.now());
}

const keyOf = (id: string): string => `proof/${id}`;
