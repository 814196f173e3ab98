import type { Context } from '../../context.ts';
import { equalHashes, newId, newSplitToken, parseSplitToken } from '../../lib/split-token.ts';
import { type AuthorizationStanding, findAuthorizationStanding } from '../../storage/authorizations.ts';
import { findOpaqueAccessToken, insertOpaqueAccessToken } from '../../storage/opaque-access-tokens.ts';
import { isAccessTokenRevoked } from '../../storage/revoked-access-tokens.ts';
import type { Client } from '../client-metadata.ts';
import { findClient } from '../clients.ts';
import { demandsBinding } from '../sender-constraints/binding.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import { accessTokenTarget } from './access-token-target.ts';
import { type JwtPayload, payloadSchema, signJwt, verifyOwnJwt } from './jwt.ts';

const typ = 'at+jwt';

/** What an access token says beyond whom it is for. */
export interface AccessTokenGrant {
  readonly sub: string;
  readonly scope: readonly string[];
  /** The resources that were asked for; undefined means the client's own audience. */
  readonly resource: readonly string[] | undefined;
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

/** An access token as JWT (RFC 9068), or opaque where a resource wants it so, with the scope that it has. */
export async function issueAccessToken(
  context: Context,
  client: Client,
  { sub, scope: granted, resource, authorization, binding }: AccessTokenGrant,
): Promise<{ access_token: string; token_type: string; expires_in: number; scope?: string }> {
  if (!binding && demandsBinding(client)) throw new Error('a token that must be bound was about to be issued unbound');
  const { aud, scope, seconds, format, alg } = await accessTokenTarget(context, client, { resource, scope: granted });
  const iat = context.now();
  const exp = Math.min(iat + seconds, authorization?.expires_at ?? Number.POSITIVE_INFINITY);
  const scopeMember = scope.length > 0 ? { scope: scope.join(' ') } : {};
  const claims = {
    iss: context.config.issuer,
    sub,
    aud,
    client_id: client.client_id,
    ...scopeMember,
    ...(authorization
      ? { auth_time: authorization.auth_time, acr: authorization.acr, authorization_id: authorization.id }
      : {}),
    ...(binding ? { cnf: binding.cnf } : {}),
    iat,
    exp,
  };
  const access_token =
    format === 'opaque'
      ? await storeOpaque(context, claims)
      : await signJwt(context, { alg, typ, payload: { ...claims, jti: newId(context) } });
  return { access_token, token_type: binding?.token_type ?? 'Bearer', expires_in: exp - iat, ...scopeMember };
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
  const payload = (await findOpaque(context, token)) ?? (await verifyOwnJwt(context, token, { typ }));
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
  return a.revoked_at === null && a.user_is_open === 1 && a.access_token_revoked === null && sessionStands;
}

async function storeOpaque(
  context: Context,
  claims: { readonly client_id: string; readonly exp: number },
): Promise<string> {
  const { id, verifier_hash, token } = newSplitToken(context);
  const { client_id, exp: expires_at } = claims;
  const row = { id, verifier_hash, client_id, claims: JSON.stringify({ ...claims, jti: id }), expires_at };
  await insertOpaqueAccessToken(context.database, row);
  return token;
}

async function findOpaque(context: Context, token: string): Promise<JwtPayload | undefined> {
  const presented = parseSplitToken(token);
  const stored = presented && (await findOpaqueAccessToken(context.database, presented.id));
  if (!stored || !equalHashes(stored.verifier_hash, presented.verifier_hash)) return undefined;
  return stored.expires_at > context.now() ? payloadSchema.parse(JSON.parse(stored.claims)) : undefined;
}
