import { loginRequired } from '../../../lib/errors.ts';
import type { AuthorizationState, Step } from './step.ts';

/** Who the person is, recently enough: prompt=login, max_age, and the person that the request names. */
export const signIn: Step = {
  name: 'sign-in',
  path: '/login',
  pathFor: ({ config }, { prompt }) => (config.signUp !== 'off' && prompt.has('create') ? '/sign-up' : '/login'),
  silentError: loginRequired,
  isMissing({ request, startedAt, session, sub, done }) {
    if (!session) return true;
    if (done['sign-in'] === session.verifier_hash) return false;
    const { prompt, max_age, expected_sub } = request;
    if (prompt.has('login') || prompt.has('create') || max_age === 0) return true;
    if (max_age !== undefined && session.auth_time < startedAt - max_age) return true;
    return expected_sub !== undefined && expected_sub !== sub;
  },
};

/** Whether somebody else signed in than the person whom the request names: no code may come of it. */
export function isSomebodyElse({ request, sub }: AuthorizationState): boolean {
  return request.expected_sub !== undefined && sub !== undefined && request.expected_sub !== sub;
}
