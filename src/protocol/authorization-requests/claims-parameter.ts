import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { claimsForScope, scopeClaims } from '../../identity/claims.ts';
import type { User } from '../../identity/users.ts';
import { invalidRequest } from '../../lib/errors.ts';

const claimValue = z.json();
const claimRequest = z.union([
  z.null(),
  z.object({
    essential: z.boolean().optional(),
    value: claimValue.optional(),
    values: z.array(claimValue).max(50).optional(),
  }),
]);
const memberName = z.string().min(1).max(100);
const claimsSchema = z.object({
  userinfo: z.union([z.null(), z.record(memberName, claimRequest)]).optional(),
  id_token: z.union([z.null(), z.record(memberName, claimRequest)]).optional(),
});

/** The claims parameter (OpenID Connect Core §5.5). */
export type ClaimsRequest = z.output<typeof claimsSchema>;
type ClaimsTarget = 'userinfo' | 'id_token';

/** Claims that tell of the sign-in or of the token, and that every client gets. */
const claimsOfTokens = new Set(['iss', 'sub', 'aud', 'exp', 'iat', 'nonce', 'sid', 'auth_time', 'acr', 'amr', 'azp']);

const maximumLength = 4096;
const maximumDepth = 5;

/** Reads a claims parameter. Throws `invalid_request` when it is not the JSON that the specification describes. */
export function parseClaims(text: string): ClaimsRequest {
  if (text.length > maximumLength || nesting(text) > maximumDepth) throw invalidRequest('claims is too large');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalidRequest('claims is not JSON');
  }
  const parsed = claimsSchema.safeParse(json);
  if (!parsed.success) throw invalidRequest('claims is not as OpenID Connect Core §5.5 describes it');
  return parsed.data;
}

/** The scope values whose claims are asked for one by one, so that consent covers them. */
export function scopesOfClaims(claims: ClaimsRequest | undefined): string[] {
  const names = [...Object.keys(claims?.userinfo ?? {}), ...Object.keys(claims?.id_token ?? {})];
  return [...new Set(names.map(scopeOfClaim).filter((scope) => scope !== undefined))];
}

/** The request without the claims whose scope the client may not ask for: naming them one by one gives no more. */
export function withinScope(claims: ClaimsRequest, registered: readonly string[]): ClaimsRequest {
  const mayAskFor = ([name]: [string, unknown]) => {
    const scope = scopeOfClaim(name);
    return scope === undefined || registered.includes(scope);
  };
  return Object.fromEntries(
    Object.entries(claims).map(([target, asked]) => [
      target,
      asked ? Object.fromEntries(Object.entries(asked).filter(mayAskFor)) : asked,
    ]),
  );
}

/**
 * Those of the person's claims that the claims parameter (JSON text) asks for by name, in this place. One that is asked
 * for with a value, or with one of several, is left out when it has another (OpenID Connect Core §5.5.1).
 */
export function requestedClaims(claims: string | null, target: ClaimsTarget, user: User): Record<string, unknown> {
  if (claims === null) return {};
  const asked = claimsSchema.parse(JSON.parse(claims))[target] ?? {};
  const all = claimsForScope(user, Object.keys(scopeClaims));
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => Object.hasOwn(asked, name) && isAskedFor(value, asked[name])),
  );
}

function isAskedFor(value: unknown, request: z.output<typeof claimRequest> | undefined): boolean {
  const wanted = [...(request?.values ?? []), ...(request?.value === undefined ? [] : [request.value])];
  return wanted.length === 0 || wanted.some((each) => isDeepStrictEqual(each, value));
}

/** The scope value that asks for this claim; what is no standard claim is a custom one, which comes with the profile. */
function scopeOfClaim(name: string): string | undefined {
  if (claimsOfTokens.has(name)) return undefined;
  const standard = Object.entries(scopeClaims).find(([, members]) => members.some((member) => member === name));
  return standard?.[0] ?? 'profile';
}

/** How deep braces and brackets are nested, an upper bound that is cheap to find before parsing. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    if (character === '}' || character === ']') depth--;
  }
  return deepest;
}
