import type { Allowance } from '../../identity/consents.ts';
import { scopesOfClaims } from './claims-parameter.ts';
import type { AuthorizationRequest } from './index.ts';

/** What a person must have allowed for this request: its scope, with that of claims asked for by name, and its resources. */
export function askedConsent({ scope, claims, resource = [] }: AuthorizationRequest): Allowance {
  return { scope: [...new Set([...scope, ...scopesOfClaims(claims)])], resource };
}
