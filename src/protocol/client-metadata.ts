import * as z from 'zod';
import { requestObjectSigningAlgs } from './authorization-requests/verify-request-object.ts';
import { claimsMappingSchema } from './claims-mapping.ts';
import { clientAuthenticationMethods } from './client-authentication/index.ts';
import { clientJwksSchema } from './client-keys.ts';
import { profiles } from './profiles/index.ts';
import { withProfileDefaults } from './profiles/profile-rules.ts';
import { defaultScope } from './scopes.ts';
import { signingAlgs } from './tokens/signing-algs.ts';

const dayInSeconds = 86_400;
const longestName = 100;
const printable = (maximum: number) =>
  z
    .string('must be text')
    .trim()
    .min(1, 'must not be empty')
    .max(maximum, `must have at most ${maximum} characters`)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'must not contain control or invisible characters');
const webPage = z
  .string()
  .max(2000)
  .refine((url) => /^https:\/\//.test(url) && URL.canParse(url), 'must be an https URL');
/** As long as OpenID Connect Core §6.2 lets one be. */
const requestUri = z
  .string()
  .max(512)
  .refine((url) => /^https:\/\/[^/\s]/.test(url) && URL.canParse(url), 'must be https URLs');
/** A name of a registry. */
export const nameIn = (registry: ReadonlyMap<string, unknown>) =>
  z.string().refine((name) => registry.has(name), {
    error: ({ input }) => `${String(input).slice(0, 60)} is not one of ${[...registry.keys()].join(', ')}`,
  });
const seconds = (minimum: number, maximum: number) => {
  const sentence = `must be a whole number of seconds from ${minimum} to ${maximum}`;
  return z.int(sentence).min(minimum, sentence).max(maximum, sentence);
};

/** The algorithms of the assertions with which clients authenticate. */
export const assertionAlgs: readonly string[] = [...clientAuthenticationMethods.values()].flatMap(
  ({ signingAlgs }) => signingAlgs,
);

/** How the `sub` of a person may be made (OpenID Connect Core §8). */
export const subjectTypes = ['public', 'pairwise'] as const;

/**
 * The members of client metadata and their forms: those of RFC 7591 §2 and OpenID Connect Registration §2, then
 * Castellan's own. The registries of grants and response types look clients up and so cannot be read here; their names,
 * and what members must be together, `registrable-metadata.ts` checks.
 */
export const clientMetadataSchema = z.strictObject({
  client_name: printable(longestName).optional(),
  application_type: z.enum(['web', 'native']).default('web'),
  redirect_uris: z.array(z.string()).max(50).default([]),
  post_logout_redirect_uris: z.array(z.string()).max(50).default([]),
  grant_types: z.array(z.string()).min(1).default(['authorization_code']),
  response_types: z.array(z.string()).optional(),
  token_endpoint_auth_method: nameIn(clientAuthenticationMethods).default('client_secret_basic'),
  token_endpoint_auth_signing_alg: z
    .string()
    .refine((alg) => assertionAlgs.includes(alg), `must be one of ${assertionAlgs.join(', ')}`)
    .optional(),
  /** The keys that it signs with, by value or where to fetch them. */
  jwks: clientJwksSchema.optional(),
  jwks_uri: webPage.optional(),
  scope: z.string().max(4000).default(defaultScope),
  client_uri: webPage.optional(),
  logo_uri: webPage.optional(),
  policy_uri: webPage.optional(),
  tos_uri: webPage.optional(),
  contacts: z.array(printable(200)).max(20).optional(),
  /** Where a sign-in begins that the person asks for here (OpenID Connect Core §4). */
  initiate_login_uri: webPage.refine((url) => !url.includes('#'), 'must have no fragment').optional(),
  subject_type: z.enum(subjectTypes).default('public'),
  sector_identifier_uri: webPage.optional(),
  id_token_signed_response_alg: z.enum(signingAlgs).default('RS256'),
  /** Without it, userinfo is plain JSON. */
  userinfo_signed_response_alg: z.enum(signingAlgs).optional(),
  /** For the response modes that sign (JARM §3). */
  authorization_signed_response_alg: z.enum(signingAlgs).default('RS256'),
  /** For introspection whose answer it wants as a JWT (RFC 9701 §6). */
  introspection_signed_response_alg: z.enum(signingAlgs).default('RS256'),
  /** Addresses of request objects, each with the fragment that may tell one version from the next (OIDC Core §6.2). */
  request_uris: z.array(requestUri).max(20).default([]),
  request_object_signing_alg: z.enum(requestObjectSigningAlgs).optional(),
  require_signed_request_object: z.boolean().default(false),
  require_pushed_authorization_requests: z.boolean().default(false),
  dpop_bound_access_tokens: z.boolean().default(false),
  /** Where the client is told, by a call of ours or in a frame of the browser, that a session has ended. */
  backchannel_logout_uri: z.string().optional(),
  backchannel_logout_session_required: z.boolean().default(false),
  frontchannel_logout_uri: z.string().optional(),
  frontchannel_logout_session_required: z.boolean().default(false),
  default_max_age: seconds(0, 10 * 365 * dayInSeconds).optional(),
  /** How old a sign-in may be when userinfo is asked for it (RFC 9470), in seconds. */
  userinfo_max_age: seconds(1, 10 * 365 * dayInSeconds).optional(),
  require_auth_time: z.boolean().default(false),

  /** The security profile that it is held to. */
  profile: nameIn(profiles).optional(),
  /** Refuse requests without PKCE; always so for public clients. */
  require_pkce: z.boolean().default(true),
  /** The values of `scope` that a person may leave out on the consent page. */
  optional_scope: z.string().max(4000).optional(),
  /** Runs under the same roof: the consent page is skipped. */
  first_party: z.boolean().default(false),
  /** The resource servers its access tokens are for. */
  audience: z.array(printable(200)).max(20).default([]),
  /** How claims about people are named and filtered for it. */
  claims_mapping: claimsMappingSchema.optional(),
  access_token_signed_response_alg: z.enum(signingAlgs).default('ES256'),
  /** By default public clients rotate and confidential ones do not. */
  rotate_refresh_tokens: z.boolean().optional(),
  authorization_code_seconds: seconds(10, 600).optional(),
  access_token_seconds: seconds(30, dayInSeconds).optional(),
  id_token_seconds: seconds(30, dayInSeconds).optional(),
  refresh_token_idle_seconds: seconds(60, 3650 * dayInSeconds).optional(),
  refresh_token_seconds: seconds(60, 3650 * dayInSeconds).optional(),
});

/**
 * The members that only administrators set, who answer for what comes of them: a client that registers itself, or
 * describes itself in a document, has these by default, and keeps what an administrator has set since.
 */
export const administratorMembers: readonly string[] = [
  'profile',
  'first_party',
  'audience',
  'claims_mapping',
  'userinfo_max_age',
  'rotate_refresh_tokens',
  'authorization_code_seconds',
  'access_token_seconds',
  'id_token_seconds',
  'refresh_token_idle_seconds',
  'refresh_token_seconds',
] satisfies readonly (keyof typeof clientMetadataSchema.shape)[];

/** The metadata of a client, complete: defaults are filled in. */
export type ClientMetadata = z.output<typeof clientMetadataSchema> & {
  readonly client_name: string;
  readonly response_types: readonly string[];
};

/** A registered client. */
export interface Client extends ClientMetadata {
  readonly client_id: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly disabled: boolean;
  /** Nobody registered it: its metadata are those of the document at its client_id. */
  readonly described?: true;
  /** It registered itself, and nobody has used it yet. */
  readonly unused?: true;
}

/** What is wrong with one member of the metadata. */
export interface MetadataProblem {
  readonly member: string;
  readonly message: string;
}

/**
 * The metadata of a client that is registered. They were checked when they came, and are not turned away by a rule that
 * is younger; an older version of Castellan may have written them, without the members of today, which are filled in.
 */
export function storedClientMetadata(stored: unknown, client_id: string): ClientMetadata {
  return completeMetadata(clientMetadataSchema.parse(withProfileDefaults(stored)), client_id);
}

/** The metadata with those defaults filled in that depend on other members; `client_id` is the name when there is none. */
export function completeMetadata(given: z.output<typeof clientMetadataSchema>, client_id: string): ClientMetadata {
  const { client_name = client_id.slice(0, longestName) } = given;
  const { response_types = given.grant_types.includes('authorization_code') ? ['code'] : [] } = given;
  return { ...given, client_name, response_types };
}

/** The metadata of a client, without what is known of it besides. */
export function metadataOf(client: Client): ClientMetadata {
  const { client_id: _, created_at: __, updated_at: ___, disabled: ____, ...rest } = client;
  const { described: _____, unused: ______, ...metadata } = rest;
  return metadata;
}

/** Whether the client can keep a secret (RFC 6749 §2.1). */
export function isConfidential(client: { readonly token_endpoint_auth_method: string }): boolean {
  return client.token_endpoint_auth_method !== 'none';
}
