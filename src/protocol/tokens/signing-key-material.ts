import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import * as z from 'zod';
import { OperatorError } from '../../lib/operator-error.ts';
import { SealError, type SecretKey } from '../../lib/seal.ts';
import type { SigningKeyRow } from '../../storage/signing-keys.ts';
import { type SigningAlg, signingAlgs } from './signing-algs.ts';

/** A signing key, opened: what signs and what verifies, with the times that say when. */
export interface OpenSigningKey {
  readonly kid: string;
  readonly alg: SigningAlg;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** Public members only, with kid, alg and use (RFC 7517 §4). */
  readonly publicJwk: JWK;
}

const privateJwkSchema = z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), alg: z.enum(signingAlgs) });

/** The members of a public key (RFC 7518 §6, RFC 8037 §2); what is not named here never leaves. */
const publicJwkSchema = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
});

/** Makes a key pair; its kid is the thumbprint of the public key (RFC 7638), and the private part comes sealed. */
export async function generateSigningKey(
  secretKey: SecretKey,
  alg: SigningAlg,
): Promise<{ kid: string; sealed_private_jwk: string }> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg };
  const kid = await calculateJwkThumbprint(publicJwkSchema.parse(jwk));
  return { kid, sealed_private_jwk: secretKey.seal(JSON.stringify(jwk), place(kid)) };
}

/** Opens a stored key. Throws an OperatorError when it was sealed with another secret key or is not its own. */
export async function openSigningKey(secretKey: SecretKey, row: SigningKeyRow): Promise<OpenSigningKey> {
  const { kid } = row;
  const json: unknown = JSON.parse(unseal(secretKey, row));
  const privateJwk = privateJwkSchema.parse(json);
  const { alg } = privateJwk;
  if (alg !== row.alg)
    throw new OperatorError(`The signing key ${kid} is stored as ${row.alg} and was made for ${alg}.`);
  const publicJwk = { ...publicJwkSchema.parse(json), kid, alg, use: 'sig' };
  const privateKey = await importJWK(privateJwk, alg);
  return { kid, alg, privateKey, publicKey: await importJWK(publicJwk, alg), publicJwk };
}

function unseal(secretKey: SecretKey, { kid, sealed_private_jwk }: SigningKeyRow): string {
  try {
    return secretKey.unseal(sealed_private_jwk, place(kid));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new OperatorError(
      `The signing key ${kid} does not open: it was sealed with another secret key. Put back the secret.key that belongs to this database.`,
    );
  }
}

function place(kid: string): string {
  return `signing_keys/${kid}`;
}
