import type { Config } from '../../config.ts';
import {
  invalidRequest,
  registrationNotSupported,
  unauthorizedClient,
  unsupportedResponseType,
} from '../../lib/errors.ts';
import { type Client, isConfidential } from '../client-metadata.ts';
import { profileOf } from '../profiles/index.ts';
import { responseModes } from '../response-modes/index.ts';
import { normalizeResponseType, responseTypes } from '../response-types/index.ts';
import type { ResponseType } from '../response-types/response-type.ts';
import { parseScope } from '../scopes.ts';
import { namedConfirmation } from '../sender-constraints/binding.ts';
import type { AuthorizationParameters } from './authorization-parameters.ts';
import { parseClaims } from './claims-parameter.ts';
import { parsePrompt } from './prompt.ts';
import type { ReceivedRequest } from './received-request.ts';

/** One thing that a request must be; throws what the client is told when it is not. */
type Rule = (parameters: AuthorizationParameters, client: Client, circumstances: Circumstances) => void;

/** How the request came, and to what installation. */
interface Circumstances {
  readonly received: ReceivedRequest;
  readonly config: Config;
}

/** In this order: the first rule that is broken decides the error. */
export const rules: readonly Rule[] = [
  requestIsPushedWhereItMustBe,
  requestIsSignedWhereItMustBe,
  registrationIsElsewhere,
  responseTypeIsSupported,
  clientIsRegisteredForTheResponseType,
  responseModeCarriesTheAnswer,
  responseIsSignedWhereItMustBe,
  scopeIsWellFormed,
  promptIsKnown,
  claimsAreWellFormed,
  openidParametersComeWithOpenid,
  idTokensComeWithOpenid,
  frontChannelIdTokensComeWithNonce,
  namedKeysAreForTheTokenEndpoint,
  proofKeyIsUsed,
];

/** RFC 9126 §5 and §6: by setting for all clients, or by a client's metadata. */
function requestIsPushedWhereItMustBe(
  _parameters: AuthorizationParameters,
  client: Client,
  { received, config }: Circumstances,
): void {
  if (received.isPushed) return;
  if (config.requirePushedAuthorizationRequests || client.require_pushed_authorization_requests)
    throw invalidRequest('the request must be pushed first (RFC 9126)');
}

/** RFC 9101 §10.5. */
function requestIsSignedWhereItMustBe(
  _parameters: AuthorizationParameters,
  { require_signed_request_object }: Client,
  { received }: Circumstances,
): void {
  if (require_signed_request_object && !received.isSigned)
    throw invalidRequest('the client must send its requests as signed request objects (RFC 9101)');
}

function registrationIsElsewhere({ registration }: AuthorizationParameters): void {
  if (registration !== undefined) throw registrationNotSupported('the registration parameter is not supported');
}

function responseTypeIsSupported({ response_type }: AuthorizationParameters): void {
  if (response_type === undefined) throw invalidRequest('the parameter response_type is missing');
  if (!typeOf({ response_type })) throw unsupportedResponseType('the response_type is not supported');
}

function clientIsRegisteredForTheResponseType({ response_type }: AuthorizationParameters, client: Client): void {
  if (!client.response_types.includes(normalizeResponseType(response_type ?? '')))
    throw unauthorizedClient('the client is not registered for this response_type');
}

function responseModeCarriesTheAnswer({ response_type, response_mode }: AuthorizationParameters): void {
  if (response_mode === undefined) return;
  const mode = responseModes.get(response_mode);
  if (!mode) throw invalidRequest('the response_mode is not supported');
  if (typeOf({ response_type })?.answersWithTokens && !mode.carriesTokens)
    throw invalidRequest('this response_type may not be answered in the query');
}

/** FAPI 2.0 Message Signing §5.4. */
function responseIsSignedWhereItMustBe({ response_mode }: AuthorizationParameters, client: Client): void {
  if (profileOf(client).signsResponses && !responseModes.get(response_mode ?? '')?.isSigned)
    throw invalidRequest('the client must have its responses signed, with response_mode jwt (JARM)');
}

function scopeIsWellFormed({ scope }: AuthorizationParameters): void {
  if (scope === undefined) throw invalidRequest('the parameter scope is missing; OpenID Connect needs scope=openid');
  parseScope(scope);
}

function promptIsKnown({ prompt }: AuthorizationParameters): void {
  parsePrompt(prompt);
}

function claimsAreWellFormed({ claims }: AuthorizationParameters): void {
  if (claims !== undefined) parseClaims(claims);
}

function openidParametersComeWithOpenid({ scope, claims, id_token_hint }: AuthorizationParameters): void {
  if (parseScope(scope ?? '').includes('openid')) return;
  if (claims !== undefined || id_token_hint !== undefined)
    throw invalidRequest('claims and id_token_hint need the scope openid');
}

function idTokensComeWithOpenid({ response_type, scope }: AuthorizationParameters, client: Client): void {
  const isGranted = [scope ?? '', client.scope].every((values) => parseScope(values).includes('openid'));
  if (typeOf({ response_type })?.answersWithIdToken && !isGranted)
    throw invalidRequest('an ID Token needs the scope openid, and a client that is registered for it');
}

/** OpenID Connect Core §3.2.2.1 and §3.3.2.11: an ID Token that came by way of the browser may be one of another's. */
function frontChannelIdTokensComeWithNonce({ response_type, nonce }: AuthorizationParameters): void {
  if (typeOf({ response_type })?.answersWithIdToken && nonce === undefined)
    throw invalidRequest('this response_type needs a nonce');
}

/** No proof reaches this endpoint: whoever names a key would get an access token that is bound to nothing. */
function namedKeysAreForTheTokenEndpoint(parameters: AuthorizationParameters): void {
  if (typeOf(parameters)?.answersWithAccessToken && namedConfirmation(parameters))
    throw invalidRequest('the request names a key, to which an access token from here cannot be bound');
}

/**
 * RFC 7636 §4.3 with S256 alone, wherever a code is answered with; public clients always, confidential ones unless
 * registered with require_pkce false.
 */
function proofKeyIsUsed(
  { response_type, code_challenge, code_challenge_method }: AuthorizationParameters,
  client: Client,
): void {
  if (code_challenge === undefined) {
    if (code_challenge_method !== undefined) throw invalidRequest('code_challenge is missing');
    if (!typeOf({ response_type })?.answersWithCode) return;
    if (client.require_pkce || !isConfidential(client))
      throw invalidRequest('code_challenge is missing: this client must use PKCE (RFC 7636) with S256');
    return;
  }
  if (code_challenge_method !== 'S256') throw invalidRequest('code_challenge_method must be S256');
  if (!/^[A-Za-z0-9_-]{43}$/.test(code_challenge))
    throw invalidRequest('code_challenge must be 43 base64url characters without padding');
}

function typeOf({ response_type }: Pick<AuthorizationParameters, 'response_type'>): ResponseType | undefined {
  return responseTypes.get(normalizeResponseType(response_type ?? ''));
}
