import { CompactSign, type CryptoKey, compactVerify } from 'jose';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { sha256 } from '../../lib/split-token.ts';
import type { SigningAlg } from './signing-algs.ts';

/** What is in a JWT of ours; whoever needs more members of it reads them by a schema of its own. */
export type JwtPayload = z.output<typeof payloadSchema>;

/** Longer tokens are refused before anything looks at them; ours are far shorter. */
const longestTokenLength = 8192;
const compactPattern = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;

/** Exactly the header that `signJwt` writes: `crit`, `jwk`, `zip` and whatever else there may be is not ours. */
const headerSchema = z.strictObject({ alg: z.string(), typ: z.string(), kid: z.string() });

/** The last second of the year 9999. */
const lastSecond = 253_402_300_799;
const epochSeconds = z.int().min(0).max(lastSecond);
/** The claims that every token of ours has, whatever else. */
export const payloadSchema = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  sub: z.string().optional(),
  exp: epochSeconds,
  iat: epochSeconds,
  nbf: epochSeconds.optional(),
});

type Signer = Pick<Context, 'signingKeys'>;
type Verifier = Pick<Context, 'config' | 'now' | 'signingKeys' | 'memos'>;

/** Signs a JWT with the current key of an algorithm (RFC 7519); `typ` says what it is for (RFC 8725 §3.11). */
export async function signJwt(
  context: Signer,
  { alg, typ, payload }: { alg: SigningAlg; typ: string; payload: Readonly<Record<string, unknown>> },
): Promise<string> {
  const { kid, privateKey } = await context.signingKeys.current(alg);
  const text = new TextEncoder().encode(JSON.stringify(payload));
  return new CompactSign(text).setProtectedHeader({ alg, typ, kid }).sign(privateKey);
}

/** The one purpose that a verification is for. */
export interface JwtPurpose {
  readonly typ: string;
  /** Must be among the token's audiences. */
  readonly audience?: string;
  /** Only where RFC or OpenID text says so, as for an ID Token that is no more than a hint. */
  readonly allowExpired?: boolean;
}

/**
 * The payload of a JWT that this installation signed for this purpose, or undefined for anything else; garbage never
 * throws. The algorithm is that of our key, whatever the header says. Throws only when the storage fails.
 */
export async function verifyOwnJwt(
  context: Verifier,
  token: string,
  purpose: JwtPurpose,
): Promise<JwtPayload | undefined> {
  if (token.length > longestTokenLength) return undefined;
  const [, headerPart, payloadPart] = compactPattern.exec(token) ?? [];
  if (headerPart === undefined || payloadPart === undefined) return undefined;
  const header = headerSchema.safeParse(readJson(headerPart)).data;
  if (header?.typ !== purpose.typ) return undefined;

  const key = await context.signingKeys.verificationKey(header.kid);
  if (!key || key.alg !== header.alg) return undefined;
  if (key.expires_at !== undefined && key.expires_at <= context.now() && !purpose.allowExpired) return undefined;
  if (!(await isSigned(context, token, header.kid, key))) return undefined;

  const payload = payloadSchema.safeParse(readJson(payloadPart)).data;
  return payload && isFor(context, payload, purpose) ? payload : undefined;
}

/** Verifying costs a hundred times what looking it up does, and a token comes back with every request of its bearer. */
async function isSigned(
  { memos: { verifiedSignatures } }: Verifier,
  token: string,
  kid: string,
  { alg, publicKey }: { alg: SigningAlg; publicKey: CryptoKey },
): Promise<boolean> {
  const memo = `${kid} ${sha256(token)}`;
  if (verifiedSignatures.has(memo)) return true;
  try {
    await compactVerify(token, publicKey, { algorithms: [alg] });
  } catch {
    return false;
  }
  verifiedSignatures.set(memo, true);
  return true;
}

function isFor(
  { config, now }: Verifier,
  payload: JwtPayload,
  { audience, allowExpired = false }: JwtPurpose,
): boolean {
  const { iss, aud, exp, nbf } = payload;
  if (iss !== config.issuer) return false;
  if (audience !== undefined && aud !== audience && !(Array.isArray(aud) && aud.includes(audience))) return false;
  if (nbf !== undefined && nbf > now()) return false;
  return allowExpired || now() < exp;
}

function readJson(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')));
  } catch {
    return undefined;
  }
}
