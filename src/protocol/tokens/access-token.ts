import type { Context } from '../../context.ts';
import { newId } from '../../lib/split-token.ts';
import { type AuthorizationStanding, findAuthorizationStanding } from '../../storage/authorizations.ts';
import { isAccessTokenRevoked } from '../../storage/revoked-access-tokens.ts';
import type { Client } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { demandsBinding } from '../sender-constraints/binding.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import { type JwtPayload, signJwt, verifyOwnJwt } from './jwt.ts';
import { lifetimesOf } from './lifetimes.ts';

const typ = 'at+jwt';

/** What an access token says beyond whom it is for. */
export interface AccessTokenGrant {
  readonly sub: string;
  readonly scope: readonly string[];
  /** The authorization that it hangs from; none for a client acting for itself. */
  readonly authorization?: {
    readonly id: string;
    readonly auth_time: number;
    readonly acr: string;
    readonly expires_at: number;
  };
  /** What the sender of the request has proved to hold, which the token is bound to. */
  readonly binding: Binding | undefined;
}

/** An access token as JWT (RFC 9068), signed with the client's algorithm. */
export async function issueAccessToken(
  context: Context,
  client: Client,
  { sub, scope, authorization, binding }: AccessTokenGrant,
): Promise<{ access_token: string; token_type: string; expires_in: number }> {
  if (!binding && demandsBinding(client)) throw new Error('a token that must be bound was about to be issued unbound');
  const iat = context.now();
  const wanted = iat + lifetimesOf(context, client).accessTokenSeconds;
  const exp = authorization ? Math.min(wanted, authorization.expires_at) : wanted;
  const access_token = await signJwt(context, {
    alg: client.access_token_signed_response_alg,
    typ,
    payload: {
      iss: context.config.issuer,
      sub,
      aud: audienceOf(context, client, scope),
      client_id: client.client_id,
      ...(scope.length > 0 ? { scope: scope.join(' ') } : {}),
      ...(authorization
        ? { auth_time: authorization.auth_time, acr: authorization.acr, authorization_id: authorization.id }
        : {}),
      ...(binding ? { cnf: binding.cnf } : {}),
      iat,
      exp,
      jti: newId(context),
    },
  });
  return { access_token, token_type: binding?.token_type ?? 'Bearer', expires_in: exp - iat };
}

/** A live access token, and the authorization behind it unless the client acts for itself. */
export interface LiveAccessToken {
  readonly payload: JwtPayload;
  readonly client: Client;
  readonly scope: readonly string[];
  readonly jti: string;
  readonly exp: number;
  readonly authorization: AuthorizationStanding | undefined;
}

/**
 * The access token behind this text when it is ours, has not expired, and all that it stands on still stands: its
 * client, its user, its authorization, and the session unless it is offline. The one look-up for use, introspection
 * and revocation, so that they cannot differ.
 */
export async function findLiveAccessToken(context: Context, token: string): Promise<LiveAccessToken | undefined> {
  const payload = await verifyOwnJwt(context, token, { typ });
  if (!payload) return undefined;
  const { client_id, jti, exp, scope, authorization_id } = payload;
  if (typeof client_id !== 'string' || typeof jti !== 'string' || exp === undefined) return undefined;
  const client = await findClient(context, client_id);
  if (!client || client.disabled) return undefined;
  const live = { payload, client, jti, exp, scope: typeof scope === 'string' ? scope.split(' ') : [] };
  if (typeof authorization_id !== 'string')
    return (await isAccessTokenRevoked(context.database, jti)) ? undefined : { ...live, authorization: undefined };
  const authorization = await findAuthorizationStanding(context.database, {
    id: authorization_id,
    jti,
    now: context.now(),
  });
  return authorization && stands(authorization) ? { ...live, authorization } : undefined;
}

function stands(a: AuthorizationStanding): boolean {
  const sessionStands = a.offline_at !== null || a.live_session_id !== null;
  return a.revoked_at === null && a.user_disabled_at === null && a.access_token_revoked === null && sessionStands;
}

/** The client's registered audience, and our own userinfo when openid was granted; never nobody (RFC 9068 §2.2). */
function audienceOf({ config: { issuer } }: Context, client: Client, scope: readonly string[]): string | string[] {
  const audience = [...client.audience];
  if ((scope.includes('openid') || audience.length === 0) && !audience.includes(issuer)) audience.push(issuer);
  return audience.length === 1 && audience[0] !== undefined ? audience[0] : audience;
}
