import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { User } from '../../identity/users.ts';
import { idTokenClaims } from '../claims.ts';
import type { Client } from '../client-metadata.ts';
import { sidOf, subjectOf } from '../subjects.ts';
import { signJwt } from './jwt.ts';
import { lifetimesOf } from './lifetimes.ts';
import type { SigningAlg } from './signing-algs.ts';

/** What an ID Token tells about an authentication. */
export interface IdTokenGrant {
  readonly user: User;
  readonly session_id: string;
  readonly auth_time: number;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly nonce: string | null;
  readonly scope: readonly string[];
  /** The JSON text of the claims parameter. */
  readonly claims: string | null;
  /** Whether no access token comes of the authorization, so that userinfo is out of the client's reach. */
  readonly standsAlone?: boolean;
  /** What comes beside it, or, for an access token, with the same answer. */
  readonly access_token?: string | undefined;
  readonly code?: string | undefined;
}

/** An ID Token (OpenID Connect Core §2, §3.1.3.6, §3.3.2.11). */
export function issueIdToken(context: Context, client: Client, grant: IdTokenGrant): Promise<string> {
  const alg = client.id_token_signed_response_alg;
  const iat = context.now();
  return signJwt(context, {
    alg,
    typ: 'JWT',
    payload: {
      ...idTokenClaims(context, client, grant.user, grant),
      iss: context.config.issuer,
      sub: subjectOf(context, client, grant.user.id),
      aud: client.client_id,
      iat,
      exp: iat + lifetimesOf(context, client).idTokenSeconds,
      auth_time: grant.auth_time,
      acr: grant.acr,
      amr: grant.amr,
      sid: sidOf(context, client, grant.session_id),
      ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
      ...(grant.access_token === undefined ? {} : { at_hash: leftHalfHash(alg, grant.access_token) }),
      ...(grant.code === undefined ? {} : { c_hash: leftHalfHash(alg, grant.code) }),
    },
  });
}

/** The left half of the hash that goes with the algorithm (OpenID Connect Core §3.1.3.6); Ed25519 goes with SHA-512. */
function leftHalfHash(alg: SigningAlg, value: string): string {
  const digest = createHash(alg === 'EdDSA' ? 'sha512' : 'sha256')
    .update(value)
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
