/**
 * What a client is told about a person: a function of what the person granted (scope and claims parameter) and of the
 * client's own mapping, and nothing else. Claims about the sign-in or the token are not among these.
 */
import type { Context } from '../context.ts';
import { claimsForScope } from '../identity/claims.ts';
import { withPictureAddress } from '../identity/own-profile.ts';
import type { User } from '../identity/users.ts';
import { requestedClaims } from './authorization-requests/claims-parameter.ts';
import { mapClaims } from './claims-mapping.ts';
import type { Client } from './client-metadata.ts';

/** What was granted; claims is the JSON text of the claims parameter. */
interface Granted {
  readonly scope: readonly string[];
  readonly claims: string | null;
}

/**
 * Claims in an ID Token: those asked for by name, and those that the client has included. Those of the scope are there
 * only when it stands alone, for otherwise they are to be had from userinfo (OpenID Connect Core §5.4).
 */
export function idTokenClaims(
  context: Pick<Context, 'config'>,
  { claims_mapping }: Client,
  person: User,
  { scope, claims, standsAlone = false }: Granted & { readonly standsAlone?: boolean },
): Record<string, unknown> {
  const user = withPictureAddress(context, person);
  const ofScope = Object.entries(claimsForScope(user, scope)).filter(
    ([name]) => standsAlone || claims_mapping?.include.includes(name),
  );
  return mapClaims(claims_mapping, { ...requestedClaims(claims, 'id_token', user), ...Object.fromEntries(ofScope) });
}

/** Claims in a userinfo response: those of the scope, and those asked for by name (OpenID Connect Core §5.3.2). */
export function userinfoClaims(
  context: Pick<Context, 'config'>,
  { claims_mapping }: Client,
  person: User,
  { scope, claims }: Granted,
): Record<string, unknown> {
  const user = withPictureAddress(context, person);
  return mapClaims(claims_mapping, { ...requestedClaims(claims, 'userinfo', user), ...claimsForScope(user, scope) });
}
