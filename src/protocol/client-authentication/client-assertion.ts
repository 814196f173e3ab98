import { type CompactVerifyGetKey, compactVerify } from 'jose';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { invalidClient, invalidRequest } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import { sha256 } from '../../lib/split-token.ts';
import { rememberOnce } from '../../storage/replays.ts';
import type { Client } from '../client-metadata.ts';
import { profileOf } from '../profiles/index.ts';
import { decodeJwt } from '../tokens/decode-jwt.ts';
import type { PresentedCredentials } from './method.ts';

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const longestAssertion = 8192;
/** The longest that an assertion may have to live, which bounds how long its jti is remembered. */
const longestLifeSeconds = 300;
/** How far a client's clock may be ahead of ours. */
const skewSeconds = 60;
/** The last second of the year 9999. */
const lastSecond = 253_402_300_799;

/** Other members, such as x5t, are passed over; a key that the header brings or points to is never looked at. */
const headerSchema = z.looseObject({
  alg: z.string(),
  typ: z.enum(['JWT', 'jwt', 'client-authentication+jwt']).optional(),
  kid: z.string().max(500).optional(),
  // Nothing is critical that we know (RFC 7515 §4.1.11), and the payload is base64url (RFC 7797 §7).
  crit: z.undefined().optional(),
  b64: z.undefined().optional(),
});
const epochSeconds = z.int().min(0).max(lastSecond);
/** RFC 7523 §3, with the jti that OpenID Connect Core §9 demands. */
const payloadSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string()).min(1).max(10)]),
  exp: epochSeconds,
  jti: z.string().min(1).max(1000),
  iat: epochSeconds.optional(),
  nbf: epochSeconds.optional(),
});

/** A JWT with which a client says who it is (RFC 7523 §2.2), unverified. */
export interface ClientAssertion {
  readonly alg: string;
  readonly payload: z.output<typeof payloadSchema>;
}

/** The client assertion among the parameters, if there is one. Throws when it is not the way RFC 7523 has it. */
export function presentedAssertion(parameters: ParsedParameters['parameters']): ClientAssertion | undefined {
  const { client_assertion, client_assertion_type, client_id } = parameters;
  if (client_assertion === undefined && client_assertion_type === undefined) return undefined;
  if (client_assertion_type === undefined) throw invalidRequest('the parameter client_assertion_type is missing');
  if (client_assertion_type !== jwtBearer) throw invalidClient(`the client_assertion_type must be ${jwtBearer}`);
  if (client_assertion === undefined) throw invalidRequest('the parameter client_assertion is missing');
  const assertion = readAssertion(client_assertion);
  const { iss, sub } = assertion.payload;
  if (iss !== sub) throw invalidClient('iss and sub of the client assertion must both be the client_id');
  if (client_id !== undefined && client_id !== sub)
    throw invalidClient('the client assertion is of another client than the client_id');
  return assertion;
}

/**
 * Whether an assertion is signed by this client with one of the algorithms that it may use, which the key it is verified
 * with must be made for. Throws `invalid_client` saying what is wrong with a well signed one; each is accepted once,
 * whichever of several presented at the same instant.
 */
export async function verifyAssertion(
  context: Context,
  client: Client,
  { proof = '', path = '' }: PresentedCredentials,
  { signingAlgs, key }: { readonly signingAlgs: readonly string[]; readonly key: CompactVerifyGetKey },
): Promise<boolean> {
  const { alg, payload } = readAssertion(proof);
  const algorithms = assertionAlgs(client, signingAlgs);
  if (!algorithms.includes(alg))
    throw invalidClient(`the client assertion must be signed with ${algorithms.join(', ')}`);
  try {
    await compactVerify(proof, key, { algorithms: [alg] });
  } catch {
    return false;
  }
  if (!isAudience(payload.aud, client, context, path))
    throw invalidClient('the client assertion must be for this server alone: its aud is the issuer');
  checkTimes(payload, context.now());
  const use = `client_assertion ${JSON.stringify([client.client_id, sha256(payload.jti)])}`;
  if (!(await rememberOnce(context.database, use, payload.exp)))
    throw invalidClient('the client assertion was used before');
  return true;
}

function readAssertion(client_assertion: string): ClientAssertion {
  const decoded = decodeJwt(client_assertion, longestAssertion);
  if (!decoded)
    throw invalidClient(`the client assertion is not a signed JWT of at most ${longestAssertion} characters`);
  const header = headerSchema.safeParse(decoded.header);
  if (!header.success) throw invalidClient(`the client assertion's header is malformed: ${memberOf(header.error)}`);
  const payload = payloadSchema.safeParse(decoded.payload);
  if (!payload.success)
    throw invalidClient(`the client assertion's payload lacks or has malformed: ${memberOf(payload.error)}`);
  return { alg: header.data.alg, payload: payload.data };
}

function memberOf({ issues: [issue] }: z.ZodError): string {
  return String(issue?.path[0] ?? 'it is no JSON object');
}

/** The algorithm that a client registered, or those of its method, as far as its profile allows them. */
function assertionAlgs(client: Client, signingAlgs: readonly string[]): readonly string[] {
  const { token_endpoint_auth_signing_alg } = client;
  const { signingAlgs: allowed } = profileOf(client);
  return signingAlgs.filter(
    (alg) =>
      (token_endpoint_auth_signing_alg === undefined || alg === token_endpoint_auth_signing_alg) &&
      allowed?.includes(alg) !== false,
  );
}

/**
 * The audience is the issuer, as one string, where the client's profile says so. Others may name the token endpoint or
 * the endpoint that they call, in a list too, but nobody else beside: whoever else it is for could present it here.
 */
function isAudience(aud: string | readonly string[], client: Client, { config }: Context, path: string): boolean {
  const { issuer, publicUrl } = config;
  if (profileOf(client).assertionIsForIssuerOnly) return aud === issuer;
  const ours = [issuer, `${issuer}/oauth2/token`, `${publicUrl}${path}`];
  return [aud].flat().every((audience) => ours.includes(audience));
}

function checkTimes({ exp, iat, nbf }: ClientAssertion['payload'], now: number): void {
  if (exp <= now) throw invalidClient('the client assertion has expired');
  if (exp > now + longestLifeSeconds + skewSeconds)
    throw invalidClient(`the client assertion must expire within ${longestLifeSeconds} seconds`);
  if (Math.max(iat ?? 0, nbf ?? 0) > now + skewSeconds)
    throw invalidClient('the client assertion is of the future: set the clock of the client');
}
