import { loginRequired } from '../../../lib/errors.ts';
import {
  isAcrEnough,
  isBetterAcrWished,
  requestedAcr,
} from '../../../protocol/authorization-requests/requested-acr.ts';
import type { Step } from './step.ts';

/**
 * A second factor for somebody who is signed in without one, where the request insists on it, or wishes for it and the
 * person has one. What is only wished for is asked once, and never of a request that may show no page.
 */
export const stepUp: Step = {
  name: 'step-up',
  path: '/login/step-up',
  silentError: loginRequired,
  isMissing({ request, session, done, reachable_acr }) {
    if (!session) return false;
    const requested = requestedAcr(request);
    if (!isAcrEnough(requested, session.acr)) return true;
    if (request.prompt.has('none')) return false;
    if (done['sign-in'] === session.verifier_hash || done['step-up'] === session.verifier_hash) return false;
    return isBetterAcrWished(requested, { acr: session.acr, reachable: reachable_acr });
  },
};
