import { invalidClientMetadata } from '../../lib/errors.ts';
import { administratorMembers, clientMetadataSchema } from '../client-metadata.ts';
import { normalizeResponseType, responseTypes } from '../response-types/index.ts';
import { parseScope, scopes } from '../scopes.ts';

/**
 * What of a document counts that a program has written, before the one schema reads it: members that we do not know and
 * those that are for administrators are left out (RFC 7591 §2), null is the same as absent (RFC 7592 §2.2), and defaults
 * that depend on each other are filled in. `granted` is what administrators allow in the scope besides. Throws `invalid_client_metadata`.
 */
export function requestedMetadata(
  document: Readonly<Record<string, unknown>>,
  granted: readonly string[] = [],
): Record<string, unknown> {
  const asked = Object.fromEntries(
    Object.entries(document).filter(([member, value]) => value !== null && isForPrograms(member)),
  );
  const { scope, grant_types = grantTypesOf(asked.response_types), token_endpoint_auth_method } = asked;
  return {
    ...asked,
    ...(grant_types === undefined ? {} : { grant_types }),
    ...(scope === undefined ? {} : { scope: servedScope(scope, granted) }),
    // Who registers by the specification alone cannot know of this member; public clients always use PKCE.
    require_pkce: asked.require_pkce ?? token_endpoint_auth_method === 'none',
  };
}

function isForPrograms(member: string): boolean {
  return Object.hasOwn(clientMetadataSchema.shape, member) && !administratorMembers.includes(member);
}

/** Of a client that says only how it is to be answered (OpenID Connect Registration §2). */
function grantTypesOf(response_types: unknown): readonly string[] | undefined {
  if (!Array.isArray(response_types) || response_types.length === 0) return undefined;
  const names = response_types.filter((name) => typeof name === 'string').map(normalizeResponseType);
  const needed = names.flatMap((name) => responseTypes.get(name)?.grantTypes ?? []);
  return needed.length === 0 ? undefined : [...new Set(needed)];
}

/** Scope values that only resource servers understand are for administrators to grant. */
function servedScope(scope: unknown, granted: readonly string[]): unknown {
  if (typeof scope !== 'string') return scope;
  const served = wellFormed(scope).filter((value) => scopes.has(value) || granted.includes(value));
  if (served.length === 0) throw invalidClientMetadata('scope: none of these scope values is open to registration');
  return served.join(' ');
}

function wellFormed(scope: string): readonly string[] {
  try {
    return parseScope(scope);
  } catch {
    throw invalidClientMetadata('scope: must be scope values separated by blanks (RFC 6749 §3.3)');
  }
}
