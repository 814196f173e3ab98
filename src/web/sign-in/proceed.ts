import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { accountState } from '../../identity/account-state.ts';
import type { Session } from '../../identity/sessions.ts';
import { isProvenAnew, type Proof } from '../../identity/user-authentication/index.ts';
import { findUser, UserError } from '../../identity/users.ts';
import { newId } from '../../lib/split-token.ts';
import { currentSession, startBrowserSession } from '../ui/browser-session.ts';
import { completeStep, stepUrl } from '../ui/continuation.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { closedPage } from './account-state/closed-page.ts';
import { accountStateTexts } from './account-state/texts/index.ts';
import type { Purpose } from './purpose.ts';
import { requirements } from './requirements/index.ts';
import { isFirstUse, startOver } from './sign-in-state.ts';

export { readSignInState, startOver } from './sign-in-state.ts';

/**
 * Goes on with a sign-in after something was proven, or after a requirement was met: to the page of what is still
 * missing, with the proof sealed into the continuation, or, when nothing is, into a session and back to what the person
 * came for. Where a session stands for the first proof and nothing was added to it, no new one is started. The one place where a sign-in becomes a session, and where somebody hears that the account is not open.
 */
export async function proceed(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  proof: Proof,
): Promise<FastifyReply> {
  const user = await findUser(context, proof.user_id);
  if (!user) return startOver(context, request, reply, purpose, 'changed');
  const continued = proof.session_id === undefined ? undefined : await currentSession(context, request);
  if (continued?.id !== proof.session_id) return startOver(context, request, reply, purpose);
  const standing = accountState(context, user);
  if (standing !== 'open') {
    const t = textsFor(context, request, accountStateTexts);
    return sendPage(context, reply, closedPage(t, { user, purpose, state: standing }));
  }
  const state = { purpose, proof, user };
  for (const requirement of requirements.values()) {
    if (!(await requirement.isMissing(context, request, state))) continue;
    const travelling = { ...proof, id: proof.id ?? newId(context) };
    const continuation = { ...purpose.continuation, proof: travelling };
    return reply.redirect(stepUrl(context, request, reply, requirement.path, continuation), 303);
  }
  if (!isProvenAnew(proof)) {
    const { continuation } = purpose;
    if (continuation.kind === 'page') return reply.redirect(continuation.path, 303);
    return startOver(context, request, reply, purpose);
  }
  if (!(await isFirstUse(context, proof))) return startOver(context, request, reply, purpose);
  const { amr, password_changed_at } = proof;
  try {
    const session = await startBrowserSession(context, request, reply, { user, amr, password_changed_at, continued });
    const done = { step: stepOf(purpose, continued), as: session.verifier_hash };
    return reply.redirect(completeStep(context, request, reply, purpose.continuation, done), 303);
  } catch (error) {
    if (error instanceof UserError) return startOver(context, request, reply, purpose, 'changed');
    throw error;
  }
}

/** A second factor besides a session is no sign-in, unless this very request had one before. */
function stepOf({ continuation }: Purpose, continued: Session | undefined): 'sign-in' | 'step-up' {
  if (!continued) return 'sign-in';
  const signedInFor = continuation.kind === 'authorization' ? continuation.done['sign-in'] : undefined;
  return signedInFor === continued.verifier_hash ? 'sign-in' : 'step-up';
}
