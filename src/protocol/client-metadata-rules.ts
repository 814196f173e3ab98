import { clientAuthenticationMethods } from './client-authentication/index.ts';
import { type ClientMetadata, isConfidential, type MetadataProblem } from './client-metadata.ts';
import { metadataObeysItsProfile } from './profiles/profile-rules.ts';
import { isPortRange, redirectUriProblem, webOrigin } from './redirect-uris.ts';
import { responseTypes } from './response-types/index.ts';
import { parseScope } from './scopes.ts';
import { hostsOf } from './sectors.ts';
import { isDemandedBy, senderConstraints } from './sender-constraints/index.ts';

/** What members of the metadata must be together, once each is well-formed by itself. */
type MetadataRule = (metadata: ClientMetadata) => readonly MetadataProblem[];

/** All of them are applied, so that somebody who fills in a form sees every problem at once. */
export const metadataRules: readonly MetadataRule[] = [
  redirectUrisMayBeRegistered,
  responseTypesComeWithTheirGrantTypes,
  responsesHaveWhereToGo,
  refreshTokensHaveAFirstOne,
  publicClientsUseWhatNeedsNoSecret,
  keysComeFromOnePlace,
  assertionsAreVerifiable,
  signedRequestsHaveKeys,
  boundTokensComeFromTheTokenEndpoint,
  pairwiseClientsHaveOneSector,
  logoutUrisMayBeCalled,
  scopeIsWellFormed,
  metadataObeysItsProfile,
];

function redirectUrisMayBeRegistered(metadata: ClientMetadata): MetadataProblem[] {
  const { application_type, redirect_uris, post_logout_redirect_uris } = metadata;
  const problems = (member: string, uris: readonly string[], problemOf: (uri: string) => string | undefined) =>
    uris.flatMap((uri) => {
      const message = problemOf(uri);
      return message === undefined ? [] : [{ member, message }];
    });
  return [
    ...problems('redirect_uris', redirect_uris, (uri) => redirectUriProblem(uri, application_type)),
    ...problems('post_logout_redirect_uris', post_logout_redirect_uris, (uri) =>
      isPortRange(uri)
        ? `${uri} has a port range, which only a redirect URI may have`
        : redirectUriProblem(uri, application_type),
    ),
  ];
}

/** OpenID Connect Registration §2: the table of response types and grant types. */
function responseTypesComeWithTheirGrantTypes({ response_types, grant_types }: ClientMetadata): MetadataProblem[] {
  const needed = new Set(response_types.flatMap((name) => responseTypes.get(name)?.grantTypes ?? []));
  const missing = [...needed].filter((name) => !grant_types.includes(name));
  const ofResponses = new Set([...responseTypes.values()].flatMap(({ grantTypes }) => grantTypes));
  const unused = grant_types.filter((name) => ofResponses.has(name) && !needed.has(name));
  return [
    ...missing.map((name) => ({ member: 'grant_types', message: `the response types need the grant type ${name}` })),
    ...unused.map((name) => ({
      member: 'response_types',
      message: `the grant type ${name} needs a response type that uses it`,
    })),
  ];
}

function responsesHaveWhereToGo({ response_types, redirect_uris }: ClientMetadata): MetadataProblem[] {
  if (response_types.length === 0 || redirect_uris.length > 0) return [];
  return [{ member: 'redirect_uris', message: 'a client with response types needs at least one redirect URI' }];
}

function refreshTokensHaveAFirstOne({ grant_types }: ClientMetadata): MetadataProblem[] {
  if (!grant_types.includes('refresh_token') || grant_types.some((name) => givesRefreshTokens.has(name))) return [];
  return [{ member: 'grant_types', message: 'refresh_token needs authorization_code, which gives the first one' }];
}

const givesRefreshTokens = new Set(['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code']);

function publicClientsUseWhatNeedsNoSecret(metadata: ClientMetadata): MetadataProblem[] {
  if (isConfidential(metadata)) return [];
  const problems: MetadataProblem[] = [];
  if (metadata.grant_types.includes('client_credentials'))
    problems.push({
      member: 'grant_types',
      message: 'client_credentials is for clients that authenticate, not for token_endpoint_auth_method none',
    });
  if (!metadata.require_pkce)
    problems.push({ member: 'require_pkce', message: 'a client without a secret always uses PKCE' });
  return problems;
}

/** RFC 7591 §2. */
function keysComeFromOnePlace({ jwks, jwks_uri }: ClientMetadata): MetadataProblem[] {
  if (jwks === undefined || jwks_uri === undefined) return [];
  return [{ member: 'jwks_uri', message: 'the keys are given in jwks or at jwks_uri, not both' }];
}

function signedRequestsHaveKeys(metadata: ClientMetadata): MetadataProblem[] {
  const { require_signed_request_object, jwks, jwks_uri } = metadata;
  if (!require_signed_request_object || jwks !== undefined || jwks_uri !== undefined) return [];
  return [{ member: 'require_signed_request_object', message: 'needs the keys that it signs with, jwks or jwks_uri' }];
}

function assertionsAreVerifiable(metadata: ClientMetadata): MetadataProblem[] {
  const { token_endpoint_auth_method, token_endpoint_auth_signing_alg, jwks, jwks_uri } = metadata;
  const { usesKeys = false, signingAlgs = [] } = clientAuthenticationMethods.get(token_endpoint_auth_method) ?? {};
  const problems: MetadataProblem[] = [];
  if (usesKeys && jwks === undefined && jwks_uri === undefined)
    problems.push({ member: 'jwks', message: `${token_endpoint_auth_method} needs jwks or jwks_uri` });
  if (token_endpoint_auth_signing_alg !== undefined && !signingAlgs.includes(token_endpoint_auth_signing_alg))
    problems.push({
      member: 'token_endpoint_auth_signing_alg',
      message:
        signingAlgs.length > 0
          ? `${token_endpoint_auth_method} signs with ${signingAlgs.join(', ')}`
          : `${token_endpoint_auth_method} signs nothing`,
    });
  return problems;
}

/** The authorization endpoint sees no proof, and so can give no token that is bound to anything. */
function boundTokensComeFromTheTokenEndpoint(metadata: ClientMetadata): MetadataProblem[] {
  const givesTokens = metadata.response_types.some((name) => responseTypes.get(name)?.answersWithAccessToken);
  const constraint = [...senderConstraints.values()].find((each) => isDemandedBy(metadata, each));
  if (!givesTokens || !constraint) return [];
  return [
    { member: constraint.clientMember, message: 'no response type may give access tokens, which would be unbound' },
  ];
}

/** OpenID Connect Core §8.1. */
function pairwiseClientsHaveOneSector(metadata: ClientMetadata): MetadataProblem[] {
  const { subject_type, sector_identifier_uri } = metadata;
  if (subject_type !== 'pairwise' || sector_identifier_uri !== undefined || hostsOf(metadata).length <= 1) return [];
  return [
    { member: 'sector_identifier_uri', message: 'pairwise subjects need it, for the redirect URIs have several hosts' },
  ];
}

/** OpenID Connect Back-Channel Logout 1.0 §2.2, Front-Channel Logout 1.0 §2. */
function logoutUrisMayBeCalled(metadata: ClientMetadata): MetadataProblem[] {
  const { redirect_uris, backchannel_logout_uri, frontchannel_logout_uri } = metadata;
  const problems = Object.entries({ backchannel_logout_uri, frontchannel_logout_uri }).flatMap(([member, uri]) => {
    const message = uri === undefined ? undefined : logoutUriProblem(uri);
    return message === undefined ? [] : [{ member, message }];
  });
  if (problems.length > 0 || frontchannel_logout_uri === undefined) return problems;
  if (redirect_uris.some((uri) => webOrigin(uri) === new URL(frontchannel_logout_uri).origin)) return [];
  return [{ member: 'frontchannel_logout_uri', message: 'must have the scheme, host and port of a redirect URI' }];
}

function logoutUriProblem(uri: string): string | undefined {
  if (isPortRange(uri)) return `${uri} has a port range: register one URI in full`;
  const problem = redirectUriProblem(uri, 'web');
  if (problem !== undefined) return problem;
  return new URL(uri).searchParams.has('sid') ? `${uri} has the parameter sid, which is ours to add` : undefined;
}

function scopeIsWellFormed({ scope, optional_scope = '' }: ClientMetadata): MetadataProblem[] {
  const optional = scopeValues(optional_scope);
  return [
    ...(scopeValues(scope) ? [] : [{ member: 'scope', message: notScopeValues }]),
    ...(optional ? [] : [{ member: 'optional_scope', message: notScopeValues }]),
    ...(optional?.includes('openid')
      ? [{ member: 'optional_scope', message: 'nobody can sign in and leave out openid' }]
      : []),
  ];
}

const notScopeValues = 'must be scope values separated by blanks (RFC 6749 §3.3)';

function scopeValues(text: string): string[] | undefined {
  try {
    return parseScope(text);
  } catch {
    return undefined;
  }
}
