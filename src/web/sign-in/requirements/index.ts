/**
 * What may still be needed between the first proof of who somebody is and the session, in the order in which it is asked
 * for. To add a requirement: write its file with the interface of `requirement.ts`, and add its name here. `proceed`
 * sends the browser to the first one that is missing; requirements know nothing of each other.
 */
import { registryOf } from '../../../lib/registry.ts';
import { newPassword } from './new-password.ts';
import type { Requirement } from './requirement.ts';
import { secondFactor } from './second-factor.ts';

export const requirements: ReadonlyMap<string, Requirement> = registryOf<Requirement>(secondFactor, newPassword);
