/**
 * What a relying party checks in the tokens it gets, each check by name. It is done as any client would do it: with
 * what is published and what the client itself sent, and with nothing that only the server knows.
 */
import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet } from 'jose';

/** One check and how it ended. */
export interface Check {
  readonly name: string;
  /** What must hold, as a sentence. */
  readonly rule: string;
  /** What was found. */
  readonly found: string;
  readonly passed: boolean;
}

export interface DecodedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly checks: readonly Check[];
}

/** What a client knows that its tokens must agree with. */
export interface Expected {
  readonly issuer: string;
  readonly client_id: string;
  readonly jwks: JSONWebKeySet;
  /** Epoch seconds. */
  readonly now: number;
}

/** An ID Token, checked by OpenID Connect Core §3.1.3.7. Throws on what is not a JWT. */
export async function checkIdToken(
  id_token: string,
  expected: Expected & {
    /** The algorithm registered for the client. */
    readonly alg: string;
    readonly nonce: string;
    /** The request's max_age with the moment it was sent. */
    readonly max_age?: { readonly seconds: number; readonly requested_at: number };
    readonly access_token: string;
  },
): Promise<DecodedToken> {
  const { header, payload } = decode(id_token);
  const { nonce, max_age, access_token, alg, client_id, now } = expected;
  const checks = [
    await checkSignature(id_token, expected.jwks, header, alg),
    checkIssuer(payload, expected.issuer),
    {
      name: 'Audience',
      rule: `aud names this client, ${client_id}, and nobody else.`,
      found: show(payload.aud),
      passed: payload.aud === client_id,
    },
    checkExpiry(payload, now),
    {
      name: 'Nonce',
      rule: 'nonce is the one of the authorization request, so the token was made for this very request.',
      found: show(payload.nonce),
      passed: payload.nonce === nonce,
    },
    {
      name: 'Access token hash',
      rule: 'at_hash is the left half of the hash of the access token, so the two came together.',
      found: show(payload.at_hash),
      passed: payload.at_hash === leftHalfHash(String(header.alg), access_token),
    },
  ];
  return { header, payload, checks: max_age === undefined ? checks : [...checks, checkMaxAge(payload, max_age)] };
}

/** An access token, checked as a resource server does (RFC 9068 §4). Throws on what is not a JWT. */
export async function checkAccessToken(
  access_token: string,
  expected: Expected & { readonly audience: string },
): Promise<DecodedToken> {
  const { header, payload } = decode(access_token);
  const { audience, client_id, now } = expected;
  const checks = [
    await checkSignature(access_token, expected.jwks, header),
    {
      name: 'Type',
      rule: 'typ is at+jwt, so an ID Token cannot pass for it.',
      found: show(header.typ),
      passed: header.typ === 'at+jwt',
    },
    checkIssuer(payload, expected.issuer),
    {
      name: 'Audience',
      rule: `aud names the resource server that is asked, here the userinfo endpoint of ${audience}.`,
      found: show(payload.aud),
      passed: [payload.aud].flat().includes(audience),
    },
    {
      name: 'Client',
      rule: 'client_id is the client that got it.',
      found: show(payload.client_id),
      passed: payload.client_id === client_id,
    },
    checkExpiry(payload, now),
  ];
  return { header, payload, checks };
}

function decode(jwt: string): Pick<DecodedToken, 'header' | 'payload'> {
  return { header: { ...decodeProtectedHeader(jwt) }, payload: { ...decodeJwt(jwt) } };
}

async function checkSignature(
  jwt: string,
  jwks: JSONWebKeySet,
  header: DecodedToken['header'],
  alg?: string,
): Promise<Check> {
  const check = {
    name: 'Signature',
    rule: `It verifies with the published key that the header names${alg === undefined ? '' : `, by ${alg} as registered`}.`,
    found: `${show(header.alg)}, kid ${show(header.kid)}`,
  };
  try {
    await compactVerify(jwt, createLocalJWKSet(jwks), alg === undefined ? {} : { algorithms: [alg] });
    return { ...check, passed: true };
  } catch {
    return { ...check, passed: false };
  }
}

function checkIssuer({ iss }: DecodedToken['payload'], issuer: string): Check {
  return { name: 'Issuer', rule: `iss is exactly ${issuer}.`, found: show(iss), passed: iss === issuer };
}

function checkExpiry({ exp }: DecodedToken['payload'], now: number): Check {
  const passed = typeof exp === 'number' && now < exp;
  const found =
    typeof exp === 'number'
      ? `${new Date(exp * 1000).toISOString()}, ${passed ? `in ${exp - now} seconds` : `${now - exp} seconds ago`}`
      : show(exp);
  return { name: 'Expiry', rule: 'exp is in the future.', found, passed };
}

/** OpenID Connect Core §3.1.2.1, counted from the moment of the request. */
function checkMaxAge(
  { auth_time }: DecodedToken['payload'],
  { seconds, requested_at }: { seconds: number; requested_at: number },
): Check {
  return {
    name: 'Authentication time',
    rule: `auth_time is at most ${seconds} seconds before the request, as max_age demanded.`,
    found: typeof auth_time === 'number' ? `${auth_time}, ${requested_at - auth_time} seconds before` : show(auth_time),
    passed: typeof auth_time === 'number' && auth_time >= requested_at - seconds,
  };
}

/** OpenID Connect Core §3.1.3.6; Ed25519 goes with SHA-512. */
function leftHalfHash(alg: string, value: string): string {
  const digest = createHash(alg === 'EdDSA' || alg === 'Ed25519' ? 'sha512' : 'sha256')
    .update(value)
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
