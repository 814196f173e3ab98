import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Form, Provider } from './provider.ts';

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A key pair with which a client signs; `publicJwk` is for its jwks. */
export interface ClientKeyPair {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey | Uint8Array;
  readonly publicJwk: JWK;
}

/** Makes a key pair for an algorithm such as PS256; its kid is the algorithm's name unless given. */
export async function makeKeyPair(alg: string, kid: string = alg): Promise<ClientKeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  return { alg, kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

/** A client's secret as the key of its MACs. */
export function secretKeyPair(client_secret: string, alg = 'HS256'): ClientKeyPair {
  return { alg, kid: alg, privateKey: new TextEncoder().encode(client_secret), publicJwk: {} };
}

/** A client assertion, good unless `claims` or `header` say otherwise; a member given as undefined is left out. */
export function signAssertion(
  provider: Provider,
  { client_id }: { readonly client_id: string },
  { alg, kid, privateKey }: ClientKeyPair,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { now } = provider.clock;
  const good = { iss: client_id, sub: client_id, aud: provider.config.issuer, exp: now + 60, iat: now };
  return new SignJWT({ ...good, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg, kid, ...header })
    .sign(privateKey);
}

/** The parameters that present an assertion. */
export function withAssertion(client_assertion: string): Form {
  return { client_assertion_type: assertionType, client_assertion };
}
