import type { FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { acrOf } from '../../../identity/authentication-context.ts';
import { findTrustedDevice, type TrustedDevice } from '../../../identity/trusted-devices.ts';
import { addProof } from '../../../identity/user-authentication/index.ts';
import { isAcrEnough, isBetterAcrWished } from '../../../protocol/authorization-requests/requested-acr.ts';
import { readCookie } from '../../ui/cookies.ts';
import { secondFactors } from '../second-factors/index.ts';
import type { SecondFactor } from '../second-factors/second-factor.ts';
import type { SignInState } from './requirement.ts';

/** The name of the cookie in which a browser keeps whose second factor it stands in for. */
export const trustedDevicesCookie = 'trusted_devices';

/** Whether a sign-in needs a second factor, why, and which ones will do. */
export interface NeededSecondFactor {
  /** `insisted` is for what a device's trust cannot stand in: the application must have it, or wishes for it. */
  readonly reason: 'none' | 'enrolled' | 'wished' | 'insisted';
  /** Those that will do; none where the application insists on what this person has not got. */
  readonly offered: readonly SecondFactor[];
  /** What stood in for a second factor. */
  readonly trustedDevice?: TrustedDevice;
}

/** The one rule for when a second factor is asked for. */
export async function neededSecondFactor(
  context: Context,
  request: FastifyRequest,
  state: SignInState,
): Promise<NeededSecondFactor> {
  const { proof, user, purpose } = state;
  const { requested_acr } = purpose;
  const acr = acrOf(proof.amr);
  const acrWith = ({ method }: SecondFactor) => acrOf(addProof(proof, method.amr).amr);
  const enrolled: SecondFactor[] = [];
  for (const factor of secondFactors.values()) if (await factor.isEnrolled(context, state)) enrolled.push(factor);

  const hasSecond = enrolled.some(({ method }) => method.factors.includes('second'));
  const all = hasSecond ? enrolled : [];
  if (!isAcrEnough(requested_acr, acr))
    return { reason: 'insisted', offered: all.filter((factor) => isAcrEnough(requested_acr, acrWith(factor))) };
  const better = all.filter((factor) => isBetterAcrWished(requested_acr, { acr, reachable: [acrWith(factor)] }));
  if (better.length > 0) return { reason: 'wished', offered: better };
  if (all.length === 0 || proof.amr.includes('mfa')) return { reason: 'none', offered: [] };
  const trustedDevice = await findTrustedDevice(context, user, readCookie(context, request, trustedDevicesCookie));
  return trustedDevice ? { reason: 'none', offered: [], trustedDevice } : { reason: 'enrolled', offered: all };
}
