/**
 * The ways in which people prove who they are. To add one: write its file with the interface of
 * `user-authentication-method.ts`, and add its name here. Whoever signs people in calls `attemptLogin`,
 * `attemptPasskey` or `attemptFederation`, then `attemptSecondFactor` where one is needed, and nothing else of this folder but what nobody guesses, so that no way in
 * goes round the throttle.
 */
import type { Context } from '../../context.ts';
import { registryOf } from '../../lib/registry.ts';
import type { User } from '../../storage/user-row.ts';
import { acrOf } from '../authentication-context.ts';
import { emailCode } from './email-code.ts';
import { federation } from './federation.ts';
import { passkey } from './passkey.ts';
import { password } from './password.ts';
import { recoveryCodes } from './recovery-codes.ts';
import { totp } from './totp.ts';
import type { UserAuthenticationMethod } from './user-authentication-method.ts';

export { attemptLogin, type LoginAttempt, type LoginOutcome } from './attempt-login.ts';
export { attemptPasskey, type PasskeyAttempt, type PasskeyOutcome } from './attempt-passkey.ts';
export { attemptSecondFactor, type SecondFactorOutcome } from './attempt-second-factor.ts';
export { consumeSignInLink, emailCode, findEmailSignIn, requestSignInCode } from './email-code.ts';
export { attemptFederation } from './federation.ts';
export { addProof, isProvenAnew, type Proof, proofSchema, proofSeconds, stillStands } from './proof.ts';

export const userAuthenticationMethods: ReadonlyMap<string, UserAuthenticationMethod> =
  registryOf<UserAuthenticationMethod>(password, emailCode, passkey, federation, totp, recoveryCodes);

/** The second factors of this user, without those in reserve. */
export async function enrolledSecondFactors(context: Context, user: User): Promise<UserAuthenticationMethod[]> {
  const enrolled: UserAuthenticationMethod[] = [];
  for (const method of userAuthenticationMethods.values())
    if (method.factors.includes('second') && (await method.isEnrolled(context, user))) enrolled.push(method);
  return enrolled;
}

/** The acr values that somebody who proved this much (amr) would reach with each of their second factors. */
export async function acrValuesWithSecondFactor(
  context: Context,
  user: User,
  amr: readonly string[],
): Promise<string[]> {
  const enrolled = await enrolledSecondFactors(context, user);
  return enrolled.map((method) => acrOf([...amr, ...method.amr, 'mfa']));
}
