/**
 * The errors of OAuth and OpenID Connect, one constructor for each code. Whoever throws names the code; the part that
 * answers decides the form: JSON, `WWW-Authenticate`, redirect or page. Anything else that is thrown is our own bug.
 */
export class OAuthError extends Error {
  readonly error: string;
  /** For the developer of the client; goes over the wire, restricted to the characters of RFC 6749 §5.2. */
  readonly error_description: string;
  readonly status: number;
  /** Headers that the answer must have beside it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The authentication scheme that a protected resource names in its challenge, when it is not the request's own. */
  readonly scheme: string | undefined;
  /** What the challenge says beside the error, such as the scope that is needed. */
  readonly challenge: Readonly<Record<string, string>>;
  constructor(error: string, description: string, status: number, details: ErrorDetails = {}) {
    const error_description = description.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, "'");
    super(`${error}: ${error_description}`);
    this.name = 'OAuthError';
    this.error = error;
    this.error_description = error_description;
    this.status = status;
    this.headers = details.headers ?? {};
    this.scheme = details.scheme;
    this.challenge = details.challenge ?? {};
  }
}

interface ErrorDetails {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly scheme?: string | undefined;
  readonly challenge?: Readonly<Record<string, string>>;
}

const code =
  (error: string, status = 400) =>
  (description: string, details: ErrorDetails = {}) =>
    new OAuthError(error, description, details.status ?? status, details);

// RFC 6749 §4.1.2.1 and §5.2
export const invalidRequest = code('invalid_request');
export const invalidClient = code('invalid_client', 401);
export const invalidGrant = code('invalid_grant');
export const unauthorizedClient = code('unauthorized_client');
export const unsupportedGrantType = code('unsupported_grant_type');
export const unsupportedResponseType = code('unsupported_response_type');
export const invalidScope = code('invalid_scope');
export const accessDenied = code('access_denied');
export const serverError = code('server_error', 500);
export const temporarilyUnavailable = code('temporarily_unavailable', 503);

// RFC 9126 §2.3
export const tooManyRequests = code('temporarily_unavailable', 429);

// OpenID Connect Core §3.1.2.6 and §6
export const loginRequired = code('login_required');
export const interactionRequired = code('interaction_required');
export const consentRequired = code('consent_required');
export const accountSelectionRequired = code('account_selection_required');
export const invalidRequestUri = code('invalid_request_uri');
export const invalidRequestObject = code('invalid_request_object');
export const registrationNotSupported = code('registration_not_supported');

// OpenID Connect Core Unmet Authentication Requirements 1.0
export const unmetAuthenticationRequirements = code('unmet_authentication_requirements');

// RFC 6750 §3.1
export const invalidToken = code('invalid_token', 401);
export const insufficientScope = code('insufficient_scope', 403);

// RFC 9470 §3
export const insufficientUserAuthentication = code('insufficient_user_authentication', 401);

// RFC 8628 §3.5
export const authorizationPending = code('authorization_pending');
export const slowDown = code('slow_down');
export const expiredToken = code('expired_token');

// RFC 8707 §2
export const invalidTarget = code('invalid_target');

// RFC 9449 §5, §7.1 and §8
export const invalidDpopProof = code('invalid_dpop_proof');
export const useDpopNonce = code('use_dpop_nonce');

// RFC 7591 §3.2.2
export const invalidRedirectUri = code('invalid_redirect_uri');
export const invalidClientMetadata = code('invalid_client_metadata');
