import { createHash, randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { code_verifier, obtainCode, type Tokens } from './code-flow.ts';
import { type Form, type Provider, type RegisteredClient, redirect_uri, type TestBrowser } from './provider.ts';

/** A key with which a sender makes proofs. */
export interface ProofKey {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  readonly jkt: string;
}

export async function makeProofKey(alg = 'ES256'): Promise<ProofKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { alg, privateKey, jwk, jkt: await calculateJwkThumbprint(jwk) };
}

/** What differs from a good proof; a member given as undefined is left out. */
export interface ProofChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A proof (RFC 9449 §4.2) for the token endpoint, good unless the changes say otherwise. */
export function signProof(provider: Provider, key: ProofKey, changes: ProofChanges = {}): Promise<string> {
  const claims = {
    jti: randomUUID(),
    htm: 'POST',
    htu: `${provider.config.issuer}/oauth2/token`,
    iat: provider.clock.now,
    ...changes.claims,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ typ: 'dpop+jwt', alg: key.alg, jwk: key.jwk, ...changes.header })
    .sign(key.privateKey);
}

/** A proof for userinfo with this access token. */
export function signUse(
  provider: Provider,
  key: ProofKey,
  access_token: string,
  changes: ProofChanges = {},
): Promise<string> {
  const ath = createHash('sha256').update(access_token).digest('base64url');
  const htu = `${provider.config.issuer}/userinfo`;
  return signProof(provider, key, { ...changes, claims: { htm: 'GET', htu, ath, ...changes.claims } });
}

/** A token request with a proof, or without when it is undefined. */
export function requestToken(
  provider: Provider,
  client: RegisteredClient,
  form: Form,
  dpop: string | undefined,
): Promise<LightMyRequestResponse> {
  const isPublic = client.token_endpoint_auth_method === 'none';
  return provider.post(
    '/oidc/oauth2/token',
    { ...(isPublic ? { client_id: client.client_id } : {}), ...form },
    isPublic ? undefined : client,
    dpop === undefined ? {} : { dpop },
  );
}

/** The form that redeems a code. */
export function codeForm(code: string): Form {
  return { grant_type: 'authorization_code', code, redirect_uri, code_verifier };
}

/** Tokens that are bound to the key, all the way from the authorization request. */
export async function obtainBoundTokens(
  provider: Provider,
  browser: TestBrowser,
  { client, key, changes = {} }: { client: RegisteredClient; key: ProofKey; changes?: Form },
): Promise<Tokens> {
  const code = await obtainCode(browser, client, changes);
  const response = await requestToken(provider, client, codeForm(code), await signProof(provider, key));
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json<Tokens>();
}

/** Asks userinfo with this scheme and proof. */
export function boundUserinfo(
  provider: Provider,
  access_token: string,
  dpop: string | undefined,
  scheme = 'DPoP',
): Promise<LightMyRequestResponse> {
  const headers = { authorization: `${scheme} ${access_token}`, ...(dpop === undefined ? {} : { dpop }) };
  return provider.app.inject({ url: '/oidc/userinfo', headers });
}
