import type { Context } from '../context.ts';
import { acrValuesSupported } from '../identity/authentication-context.ts';
import { prompts } from './authorization-requests/prompt.ts';
import { requestObjectSigningAlgs } from './authorization-requests/verify-request-object.ts';
import { clientAuthenticationMethods } from './client-authentication/index.ts';
import { assertionAlgs, isConfidential, subjectTypes } from './client-metadata.ts';
import { registrationPath } from './client-registration/index.ts';
import { grantTypes } from './registrable-metadata.ts';
import { responseModes } from './response-modes/index.ts';
import { responseTypes } from './response-types/index.ts';
import { scopes } from './scopes.ts';
import { senderConstraints } from './sender-constraints/index.ts';
import { signingAlgs } from './tokens/signing-algs.ts';

/** Claims that tokens have whatever was asked for, or that tell of the sign-in rather than of the person. */
const tokenClaims = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid'];

/**
 * What this provider says of itself (OpenID Connect Discovery §3, RFC 8414 §2), read from the registries that serve it,
 * so that what is advertised is what happens. Members that would be empty are left out.
 */
export function providerMetadata({ config }: Pick<Context, 'config'>): Readonly<Record<string, unknown>> {
  const { issuer } = config;
  const authenticationMethods = [...clientAuthenticationMethods.keys()];
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/auth`,
    pushed_authorization_request_endpoint: `${issuer}/oauth2/par`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    device_authorization_endpoint: `${issuer}/oauth2/device/auth`,
    ...(config.clientRegistration === 'off' ? {} : { registration_endpoint: `${config.publicUrl}${registrationPath}` }),
    ...(config.clientIdMetadataDocuments ? { client_id_metadata_document_supported: true } : {}),
    introspection_endpoint: `${issuer}/oauth2/introspect`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    end_session_endpoint: `${issuer}/oauth2/logout`,
    check_session_iframe: `${issuer}/check-session`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    scopes_supported: [...scopes.keys()],
    response_types_supported: [...responseTypes.keys()],
    response_modes_supported: [...responseModes.keys()],
    grant_types_supported: [...grantTypes.keys()],
    subject_types_supported: subjectTypes,
    id_token_signing_alg_values_supported: signingAlgs,
    userinfo_signing_alg_values_supported: signingAlgs,
    authorization_signing_alg_values_supported: signingAlgs,
    token_endpoint_auth_methods_supported: authenticationMethods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    revocation_endpoint_auth_methods_supported: authenticationMethods,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_endpoint_auth_methods_supported: authenticationMethods.filter((token_endpoint_auth_method) =>
      isConfidential({ token_endpoint_auth_method }),
    ),
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgs,
    introspection_signing_alg_values_supported: signingAlgs,
    code_challenge_methods_supported: ['S256'],
    ...Object.assign({}, ...[...senderConstraints.values()].map(({ metadata }) => metadata)),
    authorization_response_iss_parameter_supported: true,
    // Without a page on which people make their own account `create` is taken for `login`.
    prompt_values_supported: prompts.filter((prompt) => prompt !== 'create' || config.signUp !== 'off'),
    acr_values_supported: acrValuesSupported,
    claims_supported: [...new Set([...tokenClaims, ...[...scopes.values()].flatMap(({ claims }) => claims)])],
    claims_parameter_supported: true,
    require_pushed_authorization_requests: config.requirePushedAuthorizationRequests,
    request_parameter_supported: true,
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
    request_object_signing_alg_values_supported: requestObjectSigningAlgs,
    ui_locales_supported: ['en'],
  };
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}
