import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { PasskeyError } from './passkey-error.ts';

/** EdDSA, ES256 and RS256 (COSE algorithm identifiers), in the order in which we prefer them. */
export const algorithms: readonly number[] = [-8, -7, -257];

const smallestRsaBits = 2048;
const bytes = z.instanceof(Uint8Array).transform((value) => Buffer.from(value).toString('base64url'));

// COSE_Key (RFC 9052 §7, RFC 9053 §7): 1 is kty, 3 alg, -1 crv or n, -2 x or e, -3 y.
const keySchema = z.union([
  z
    .object({ '1': z.literal(1), '3': z.literal(-8), '-1': z.literal(6), '-2': bytes })
    .transform((key) => ({ kty: 'OKP', crv: 'Ed25519', x: key['-2'] })),
  z
    .object({ '1': z.literal(2), '3': z.literal(-7), '-1': z.literal(1), '-2': bytes, '-3': bytes })
    .transform((key) => ({ kty: 'EC', crv: 'P-256', x: key['-2'], y: key['-3'] })),
  z
    .object({ '1': z.literal(3), '3': z.literal(-257), '-1': bytes, '-2': bytes })
    .transform((key) => ({ kty: 'RSA', n: key['-1'], e: key['-2'] })),
]);

/** Throws a PasskeyError for a public key of another kind than we accept, a point off its curve, or a short RSA key. */
export async function requireSoundKey(publicKey: Uint8Array<ArrayBuffer>): Promise<void> {
  const { isoCBOR } = await import('@simplewebauthn/server/helpers');
  const decoded = isoCBOR.decodeFirst<unknown>(publicKey);
  const jwk = keySchema.safeParse(decoded instanceof Map ? Object.fromEntries(decoded) : undefined).data;
  if (!jwk) throw new PasskeyError('key', 'kind');
  const bits = modulusLength(jwk);
  if (bits !== undefined && bits < smallestRsaBits) throw new PasskeyError('key', `${bits} bits`);
}

function modulusLength(jwk: z.output<typeof keySchema>): number | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails?.modulusLength;
  } catch {
    throw new PasskeyError('key', 'not a key');
  }
}
