import { compactVerify } from 'jose';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { invalidRequestObject } from '../../lib/errors.ts';
import { clientKeys } from '../client-keys.ts';
import type { Client } from '../client-metadata.ts';
import { profileOf } from '../profiles/index.ts';
import { signingAlgs } from '../tokens/signing-algs.ts';

/** The JWS algorithms of request objects: never `none`, never a symmetric one; Ed25519 has two names (RFC 9864). */
export const requestObjectSigningAlgs = [...signingAlgs, 'Ed25519'] as const;

/** What a request object says of itself; the parameters stand beside these. */
export type RequestObjectClaims = z.output<typeof claimsSchema>;

const maximumLength = 16_384;
/** How far a client's clock may be ahead of ours. */
const skewSeconds = 30;
const longestLifeSeconds = 3600;

const compactJws = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
/** RFC 9101 §10.8: what is typed as something else is something else. `crit` names what we do not know. */
const headerSchema = z.looseObject({
  typ: z
    .string()
    .regex(/^(?:application\/)?(?:oauth-authz-req\+jwt|jwt)$/i)
    .optional(),
  crit: z.undefined().optional(),
});
const time = z.number().min(0).max(253_402_300_799).transform(Math.floor);
const claimsSchema = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string()).max(50)]),
  sub: z.string().optional(),
  exp: time.optional(),
  nbf: time.optional(),
});

/**
 * The claims of a request object that this client signed for us (RFC 9101 §6.2), with the algorithm it is registered
 * for if it is for one. Whoever must sign its requests must also date them. Throws `invalid_request_object`.
 */
export async function verifyRequestObject(context: Context, client: Client, jwt: string): Promise<RequestObjectClaims> {
  if (jwt.length > maximumLength || !compactJws.test(jwt))
    throw invalidRequestObject('the request object is not a signed JWT');
  const claims = claimsSchema.safeParse(await signedPayload(context, client, jwt)).data;
  if (!claims) throw invalidRequestObject('iss, aud, exp or nbf of the request object is missing or malformed');

  const { iss, aud, sub } = claims;
  if (iss !== client.client_id) throw invalidRequestObject('iss of the request object must be the client_id');
  if (![aud].flat().includes(context.config.issuer))
    throw invalidRequestObject('aud of the request object must be the issuer');
  // So that no client assertion is taken for a request (RFC 9101 §10.8).
  if (sub === client.client_id) throw invalidRequestObject('sub of a request object may not be the client_id');
  checkTimes(claims, { now: context.now(), mustBeDated: client.require_signed_request_object });
  return claims;
}

/** FAPI 2.0 Message Signing §5.3.1 for those that must be dated. */
function checkTimes(
  { exp, nbf }: RequestObjectClaims,
  { now, mustBeDated }: { now: number; mustBeDated: boolean },
): void {
  if (exp !== undefined && exp <= now) throw invalidRequestObject('the request object has expired');
  if (nbf !== undefined && nbf > now + skewSeconds) throw invalidRequestObject('nbf of the request object is ahead');
  if (!mustBeDated) return;
  if (exp === undefined || nbf === undefined) throw invalidRequestObject('the request object must have exp and nbf');
  if (exp > nbf + longestLifeSeconds) throw invalidRequestObject('exp may be at most 60 minutes after nbf');
  if (nbf < now - longestLifeSeconds) throw invalidRequestObject('nbf may be at most 60 minutes ago');
}

/** The payload, verified with a key of the client; undefined when it is not JSON. */
async function signedPayload(context: Context, client: Client, jwt: string): Promise<unknown> {
  const algorithms = algorithmsOf(client);
  try {
    const { payload, protectedHeader } = await compactVerify(jwt, clientKeys(context, client), {
      algorithms,
    });
    headerSchema.parse(protectedHeader);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    throw invalidRequestObject(`the request object must be signed by the client with ${algorithms.join(', ')}`);
  }
}

/** The algorithm that the client registered, or all, as far as its profile allows them. */
function algorithmsOf(client: Client): string[] {
  const { signingAlgs: allowed } = profileOf(client);
  const alg = client.request_object_signing_alg;
  const algorithms: readonly string[] = alg === undefined ? requestObjectSigningAlgs : [alg];
  return algorithms.filter((each) => allowed?.includes(each) !== false);
}
