/**
 * The second factors that a sign-in can be finished with, the one that people like best first: its form is shown, with
 * links to those of the others. To add one: write its file with the interface of `second-factor.ts`, and add its name
 * here. The page, the proof, and the trust in a device are the requirement's (`requirements/second-factor.ts`).
 */
import { registryOf } from '../../../lib/registry.ts';
import { passkey } from './passkey.ts';
import { recoveryCode } from './recovery-code.ts';
import type { SecondFactor } from './second-factor.ts';
import { totpCode } from './totp-code.ts';

export const secondFactors: ReadonlyMap<string, SecondFactor> = registryOf<SecondFactor>(
  passkey,
  totpCode,
  recoveryCode,
);
