/**
 * The ways in which people prove who they are. To add one: write its file with the interface of
 * `user-authentication-method.ts`, and add its name here. Whoever signs people in calls `attemptLogin`, then
 * `attemptSecondFactor` where one is needed, and nothing else of this folder, so that no way in goes round the throttle.
 */
import { registryOf } from '../../lib/registry.ts';
import { password } from './password.ts';
import { recoveryCodes } from './recovery-codes.ts';
import { totp } from './totp.ts';
import type { UserAuthenticationMethod } from './user-authentication-method.ts';

export { attemptLogin, type LoginAttempt, type LoginOutcome } from './attempt-login.ts';
export { attemptSecondFactor, type SecondFactorOutcome } from './attempt-second-factor.ts';
export { addProof, type Proof, proofSchema, proofSeconds } from './proof.ts';

export const userAuthenticationMethods: ReadonlyMap<string, UserAuthenticationMethod> = registryOf<UserAuthenticationMethod>(
  password,
  totp,
  recoveryCodes,
);
