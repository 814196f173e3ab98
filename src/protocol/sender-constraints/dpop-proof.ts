import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import * as z from 'zod';
import { decodeJwt } from '../tokens/decode-jwt.ts';

/** The JWS algorithms of proofs: asymmetric ones only. */
export const proofAlgs: readonly string[] = ['ES256', 'PS256', 'EdDSA', 'Ed25519', 'RS256'];

/** What a proof says, once its signature has been verified with the key that it brings. */
export interface DpopProof extends z.output<typeof payloadSchema> {
  /** The thumbprint of its key (RFC 7638). */
  readonly jkt: string;
}

/** Longer headers are refused before anything looks at them; a proof with an RSA key of 4096 bits fits well. */
const longestProofLength = 8192;

const base64url = (least: number, most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .min(least)
    .max(most);

/** Public keys of the sizes that the algorithms have, in what makes them up; RSA from 2048 to 4096 bits. */
const publicKeySchema = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url(43, 43), y: base64url(43, 43) }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: base64url(43, 43) }),
  z.object({ kty: z.literal('RSA'), n: base64url(342, 683), e: base64url(2, 6) }),
]);
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const headerSchema = z.looseObject({ typ: z.string(), alg: z.string(), jwk: z.looseObject({}) });

const time = z.number().min(0).max(253_402_300_799);
const payloadSchema = z.object({
  jti: z.string().min(1),
  htm: z.string(),
  htu: z.string(),
  iat: time,
  nbf: time.optional(),
  exp: time.optional(),
  nonce: z.string().optional(),
  ath: z.string().optional(),
});

/**
 * The proof in a DPoP header, or what is wrong with it (RFC 9449 §4.2 and §4.3, items 1 to 7): a JWT of its own type,
 * signed by one of these algorithms with the public key that it brings. Nothing of the header is ever repeated.
 */
export async function readProof(
  header: string | undefined,
  algs: readonly string[],
): Promise<{ readonly proof: DpopProof } | { readonly problem: string }> {
  if (header === undefined) return { problem: 'the header DPoP is missing' };
  const decoded = decodeJwt(header, longestProofLength);
  if (!decoded) return { problem: `the header DPoP is not one JWT of at most ${longestProofLength} characters` };
  const joseHeader = headerSchema.safeParse(decoded.header).data;
  if (!joseHeader) return { problem: 'the header of the proof must have typ, alg and jwk' };
  const { typ, alg, jwk } = joseHeader;
  if (typ !== 'dpop+jwt') return { problem: 'the typ of the proof must be dpop+jwt' };
  if (!algs.includes(alg)) return { problem: `the alg of the proof must be one of ${algs.join(', ')}` };
  if ('crit' in joseHeader) return { problem: 'the proof has crit, and nothing that could be in it is known' };
  if (privateMembers.some((member) => member in jwk))
    return { problem: 'the jwk of the proof must be a public key alone' };
  const publicKey = publicKeySchema.safeParse(jwk).data;
  if (!publicKey) return { problem: 'the jwk of the proof must be a public key on P-256 or Ed25519, or an RSA key' };
  if (!(await isSignedWith(header, alg, publicKey))) return { problem: 'the signature of the proof does not verify' };

  const payload = payloadSchema.safeParse(decoded.payload);
  if (!payload.success)
    return { problem: `${String(payload.error.issues[0]?.path[0] ?? 'the payload')} is missing or malformed` };
  return { proof: { ...payload.data, jkt: await calculateJwkThumbprint(publicKey) } };
}

async function isSignedWith(proof: string, alg: string, publicKey: z.output<typeof publicKeySchema>): Promise<boolean> {
  try {
    await compactVerify(proof, await importJWK(publicKey, alg), { algorithms: [alg] });
    return true;
  } catch {
    // A point that is not on its curve, a key of another kind than the algorithm's, or a wrong signature.
    return false;
  }
}
