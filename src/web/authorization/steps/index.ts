/**
 * What an authorization request may need from a person, in the order in which it is asked for. To add a step: write its
 * file with the interface of `step.ts`, and add its name here. A step's page does its work and sends the browser back
 * to the authorization endpoint with `completeStep`; steps know nothing of each other.
 */
import { registryOf } from '../../../lib/registry.ts';
import { consent } from './consent.ts';
import { selectAccount } from './select-account.ts';
import { signIn } from './sign-in.ts';
import type { Step } from './step.ts';
import { stepUp } from './step-up.ts';

export const steps: ReadonlyMap<string, Step> = registryOf(selectAccount, signIn, stepUp, consent);
