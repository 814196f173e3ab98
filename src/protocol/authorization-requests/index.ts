/**
 * Authorization requests (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1): from wire parameters to one typed value, in
 * three stages. `receiveRequest` finds the parameters that count, which may be in a request object or pushed ahead.
 * `findRedirectTarget` finds where an answer may go; until then an error is a page. `parseAuthorizationRequest` reads the
 * rest; from then on an error goes back to the client. The rules are in `rules.ts`, one sentence each.
 */
import type { Context } from '../../context.ts';
import { invalidRequest, unsupportedResponseType } from '../../lib/errors.ts';
import type { Client } from '../client-metadata.ts';
import { requestedResources } from '../requested-resources.ts';
import { responseModes } from '../response-modes/index.ts';
import type { ResponseMode } from '../response-modes/response-mode.ts';
import { normalizeResponseType, responseTypes } from '../response-types/index.ts';
import type { ResponseType } from '../response-types/response-type.ts';
import { parseScope } from '../scopes.ts';
import { namedConfirmation } from '../sender-constraints/binding.ts';
import type { Confirmation } from '../sender-constraints/sender-constraint.ts';
import { verifyIdTokenHint } from '../tokens/id-token-hint.ts';
import { type AuthorizationParameters, parametersSchema } from './authorization-parameters.ts';
import { type ClaimsRequest, parseClaims, withinScope } from './claims-parameter.ts';
import { type Prompt, parsePrompt } from './prompt.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { RedirectTarget } from './redirect-target.ts';
import { rules } from './rules.ts';

export { keptOf, type ReceivedRequest, receiveAgain, receiveRequest } from './received-request.ts';
export { findRedirectTarget, type RedirectTarget } from './redirect-target.ts';

/** An authorization request that is known to be in order. */
export interface AuthorizationRequest {
  readonly client: Client;
  readonly redirect_uri: string;
  readonly response_type: ResponseType;
  readonly response_mode: ResponseMode;
  /** What is asked for and registered; other values are left out. */
  readonly scope: readonly string[];
  readonly state?: string | undefined;
  readonly nonce?: string | undefined;
  readonly code_challenge?: string | undefined;
  /** What the code is bound to, because the request names it. */
  readonly cnf?: Confirmation | undefined;
  readonly prompt: ReadonlySet<Prompt>;
  /** Seconds since the authentication; the client's default_max_age when the request has none. */
  readonly max_age?: number | undefined;
  /** The person whom an id_token_hint or a claims request names. */
  readonly expected_sub?: string | undefined;
  readonly login_hint?: string | undefined;
  readonly acr_values: readonly string[];
  readonly claims?: ClaimsRequest | undefined;
  /** The resources that the tokens are to be for (RFC 8707). */
  readonly resource?: readonly string[] | undefined;
  /** The pushed request that the answer uses up. */
  readonly pushed_request_id?: string | undefined;
}

/** Reads the request that goes with this target. Throws the error that the client is to get, by the order of the rules. */
export async function parseAuthorizationRequest(
  context: Context,
  target: RedirectTarget,
  received: ReceivedRequest,
): Promise<AuthorizationRequest> {
  const { parameters, repeated, refusal, pushed_request_id } = received;
  if (refusal) throw refusal;
  if (repeated.length > 0) throw invalidRequest(`the parameter ${repeated[0]?.slice(0, 50)} is repeated`);
  const parsed = parametersSchema.safeParse({ ...parameters });
  if (!parsed.success) throw invalidRequest(`${String(parsed.error.issues[0]?.path[0])} is malformed or too long`);
  const { client, redirect_uri } = target;
  for (const rule of rules) rule(parsed.data, client, { received, config: context.config });

  const { state, nonce, code_challenge, login_hint, max_age, id_token_hint } = parsed.data;
  const response_type = responseTypeOf(parsed.data);
  const claims = parsed.data.claims === undefined ? undefined : parseClaims(parsed.data.claims);
  return {
    client,
    redirect_uri,
    response_type,
    response_mode: responseModes.get(parsed.data.response_mode ?? '') ?? response_type.defaultMode,
    scope: grantableScope(client, response_type, parsed.data.scope ?? ''),
    state,
    nonce,
    code_challenge,
    cnf: namedConfirmation(parsed.data),
    prompt: parsePrompt(parsed.data.prompt),
    max_age: max_age ?? client.default_max_age,
    expected_sub: expectedSub(await hintedSub(context, id_token_hint), claims),
    login_hint,
    acr_values: (parsed.data.acr_values ?? '').split(' ').filter((value) => value !== ''),
    claims: claims && withinScope(claims, parseScope(client.scope)),
    resource: await requestedResources(context, client, parsed.data.resource),
    pushed_request_id,
  };
}

function responseTypeOf({ response_type }: AuthorizationParameters): ResponseType {
  const found = responseTypes.get(normalizeResponseType(response_type ?? ''));
  if (!found) throw unsupportedResponseType('the response_type is not supported');
  return found;
}

/**
 * The values that the client may ask for; offline_access only with a code and with the grant that it is for (OpenID
 * Connect Core §11).
 */
function grantableScope(client: Client, { answersWithCode }: ResponseType, scope: string): string[] {
  const registered = parseScope(client.scope);
  return parseScope(scope)
    .filter((value) => registered.includes(value))
    .filter((value) => value !== 'offline_access' || (answersWithCode && client.grant_types.includes('refresh_token')));
}

async function hintedSub(context: Context, id_token_hint: string | undefined): Promise<string | undefined> {
  if (id_token_hint === undefined) return undefined;
  const hint = await verifyIdTokenHint(context, id_token_hint);
  if (!hint) throw invalidRequest('id_token_hint is not an ID Token of this issuer');
  return hint.sub;
}

function expectedSub(hint: string | undefined, claims: ClaimsRequest | undefined): string | undefined {
  const asked = [claims?.id_token?.sub, claims?.userinfo?.sub].flatMap((sub) => [sub?.value, ...(sub?.values ?? [])]);
  const subjects = asked.filter((sub) => sub !== undefined).map(subjectIn);
  const named = new Set([...(hint === undefined ? [] : [hint]), ...subjects]);
  if (named.size > 1) throw invalidRequest('id_token_hint and claims name different people');
  return [...named][0];
}

/** Any other JSON than a text is nobody's subject. Not every object has a text to compare. */
const subjectIn = (sub: unknown): string => (typeof sub === 'string' ? sub : JSON.stringify(sub));
