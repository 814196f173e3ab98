import type { FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { attemptSecondFactor } from '../../../identity/user-authentication/index.ts';
import type { CodeMethod } from '../../../identity/user-authentication/user-authentication-method.ts';
import { knownDevice } from '../../ui/browser-session.ts';
import { textsFor } from '../../ui/languages.ts';
import type { SignInState } from '../requirements/requirement.ts';
import type { SecondFactorAnswer } from './second-factor.ts';
import { secondFactorTexts } from './texts/index.ts';

/** Looks at a code that was typed in, and says in a sentence what is wrong with it. */
export async function verifyTypedCode(
  context: Context,
  request: FastifyRequest,
  { user }: SignInState,
  typed: {
    readonly method: CodeMethod;
    readonly code: string | undefined;
    readonly wrong: 'wrongAuthenticatorCode' | 'wrongRecoveryCode';
  },
): Promise<SecondFactorAnswer> {
  const t = textsFor(context, request, secondFactorTexts);
  const { method, code = '', wrong } = typed;
  if (code.trim() === '' || code.length > 100) return { isProven: false, problem: t('enterCode'), status: 400 };
  const device = knownDevice(context, request);
  const answer = await attemptSecondFactor(context, method, { user, presented: code, device });
  if (answer.outcome === 'proven') return { isProven: true };
  request.log.info({ outcome: answer.outcome, method: method.name }, 'a second factor was refused');
  if (answer.outcome === 'refused') return { isProven: false, problem: t(wrong), status: 403 };
  const { refusedForSeconds: seconds } = answer;
  return {
    isProven: false,
    problem: t('tooManyCodes', { minutes: Math.ceil(seconds / 60) }),
    status: 429,
    retryAfter: seconds,
  };
}
