import { type Asked, allowanceOf, type Consent } from '../../identity/consents.ts';
import type { Client } from '../client-metadata.ts';
import { parseScope } from '../scopes.ts';
import { scopesOfClaims, withinScope } from './claims-parameter.ts';
import type { AuthorizationRequest } from './index.ts';

/**
 * What a person must have allowed for this request: its scope, with that of claims asked for by name, and its resources.
 * What of the scope they may leave out the client's metadata say.
 */
export function askedConsent({ client, scope, claims, resource = [] }: AuthorizationRequest): Asked {
  const asked = [...new Set([...scope, ...scopesOfClaims(claims)])];
  return { scope: asked, resource, optional: optionalScope(client, asked) };
}

/** Those of the scope values that a person may leave out; of a client that needs no consent none. */
export function optionalScope({ optional_scope = '', first_party }: Client, scope: readonly string[]): string[] {
  if (first_party) return [];
  const optional = parseScope(optional_scope);
  return scope.filter((value) => optional.includes(value));
}

/** The request as far as it is allowed: without the scope values that the person left out, nor claims of theirs. */
export function allowedRequest(request: AuthorizationRequest, consent: Consent | undefined): AuthorizationRequest {
  const { scope } = allowanceOf(consent);
  const { claims } = request;
  return {
    ...request,
    scope: request.scope.filter((value) => scope.includes(value)),
    claims: claims && withinScope(claims, scope),
  };
}
