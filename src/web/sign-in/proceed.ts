import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { accountState } from '../../identity/account-state.ts';
import { isProvenAnew, type Proof } from '../../identity/user-authentication/index.ts';
import { findUser, UserError } from '../../identity/users.ts';
import { currentSession, startBrowserSession } from '../ui/browser-session.ts';
import { completeStep, stepUrl } from '../ui/continuation.ts';
import { PageError } from '../ui/error-page.ts';
import { textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { closedPage } from './account-state/closed-page.ts';
import { accountStateTexts } from './account-state/texts/index.ts';
import type { Purpose } from './purpose.ts';
import { requirements } from './requirements/index.ts';
import { startOver } from './sign-in-state.ts';
import { signInTexts } from './texts/index.ts';

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
  if (!user) throw accountChanged(context, request);
  if (proof.session_id !== undefined && (await currentSession(context, request))?.id !== proof.session_id)
    return startOver(context, request, reply, purpose);
  const standing = accountState(context, user);
  if (standing !== 'open') {
    const t = textsFor(context, request, accountStateTexts);
    return sendPage(context, reply, closedPage(t, { user, purpose, state: standing }));
  }
  const state = { purpose, proof, user };
  for (const requirement of requirements.values()) {
    if (!(await requirement.isMissing(context, request, state))) continue;
    const continuation = { ...purpose.continuation, proof };
    return reply.redirect(stepUrl(context, request, reply, requirement.path, continuation), 303);
  }
  if (!isProvenAnew(proof)) {
    const { continuation } = purpose;
    if (continuation.kind === 'page') return reply.redirect(continuation.path, 303);
    return startOver(context, request, reply, purpose);
  }
  const { amr, password_changed_at } = proof;
  try {
    const session = await startBrowserSession(context, request, reply, { user, amr, password_changed_at });
    const done = { step: 'sign-in', as: session.verifier_hash };
    return reply.redirect(completeStep(context, request, reply, purpose.continuation, done), 303);
  } catch (error) {
    if (error instanceof UserError) throw accountChanged(context, request);
    throw error;
  }
}

function accountChanged(context: Context, request: FastifyRequest): PageError {
  const t = textsFor(context, request, signInTexts);
  return new PageError({ heading: t('startAgain'), message: t('accountChanged'), status: 403 });
}
