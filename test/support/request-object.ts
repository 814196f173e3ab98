import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Provider } from './provider.ts';
import { requestParameters } from './pushed-request.ts';

/** A key pair of a client: what it registers, and what it signs with. */
export interface ClientKey {
  readonly alg: string;
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
}

/** A new key pair; the algorithm is not part of the public key, as in most key sets. */
export async function newClientKey(alg: string, kid = 'the-key'): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, kid, publicJwk: { ...(await exportJWK(publicKey)), kid }, privateKey };
}

/** The claims of a request object that is in order, with changes; what is changed to undefined is left out. */
export function requestClaims(
  provider: Provider,
  client: { client_id: string },
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const now = provider.clock.now;
  return {
    iss: client.client_id,
    aud: provider.config.issuer,
    exp: now + 300,
    nbf: now,
    client_id: client.client_id,
    ...requestParameters,
    ...changes,
  };
}

/** A request object with these claims, or with this text for a payload. */
export function signRequestObject(
  { alg, kid, privateKey }: ClientKey,
  payload: unknown,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const bytes = new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return new CompactSign(bytes)
    .setProtectedHeader({ alg, kid, typ: 'oauth-authz-req+jwt', ...header })
    .sign(privateKey);
}
