import * as z from 'zod';
import { invalidClientMetadata, invalidRedirectUri } from '../lib/errors.ts';
import { clientAuthenticationMethods } from './client-authentication/index.ts';
import { grants } from './grants/index.ts';
import { isPortRange, redirectUriProblem } from './redirect-uris.ts';
import { responseTypes } from './response-types/index.ts';
import { defaultScope, parseScope } from './scopes.ts';
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
/** A name of a registry, which is read when metadata is: the entries of registries know clients in their turn. */
const nameIn = (registry: () => ReadonlyMap<string, unknown>) =>
  z.string().refine((name) => registry().has(name), {
    error: ({ input }) => `${String(input).slice(0, 60)} is not one of ${[...registry().keys()].join(', ')}`,
  });
const seconds = (minimum: number, maximum: number) => {
  const sentence = `must be a whole number of seconds from ${minimum} to ${maximum}`;
  return z.int(sentence).min(minimum, sentence).max(maximum, sentence);
};

/**
 * The one schema of client metadata: the console, the command line and registration all pass it, so their rules cannot
 * differ. Members are those of RFC 7591 §2 and OpenID Connect Registration §2, then Castellan's own.
 */
export const clientMetadataSchema = z.strictObject({
  client_name: printable(longestName).optional(),
  application_type: z.enum(['web', 'native']).default('web'),
  redirect_uris: z.array(z.string()).max(50).default([]),
  post_logout_redirect_uris: z.array(z.string()).max(50).default([]),
  grant_types: z
    .array(nameIn(() => grants))
    .min(1)
    .default(['authorization_code']),
  response_types: z.array(nameIn(() => responseTypes)).optional(),
  token_endpoint_auth_method: nameIn(() => clientAuthenticationMethods).default('client_secret_basic'),
  scope: z.string().max(4000).default(defaultScope),
  client_uri: webPage.optional(),
  logo_uri: webPage.optional(),
  policy_uri: webPage.optional(),
  tos_uri: webPage.optional(),
  contacts: z.array(printable(200)).max(20).optional(),
  subject_type: z.enum(['public']).default('public'),
  id_token_signed_response_alg: z.enum(signingAlgs).default('RS256'),
  default_max_age: seconds(0, 10 * 365 * dayInSeconds).optional(),
  require_auth_time: z.boolean().default(false),

  /** Refuse requests without PKCE; always so for public clients. */
  require_pkce: z.boolean().default(true),
  /** Runs under the same roof: the consent page is skipped. */
  first_party: z.boolean().default(false),
  /** The resource servers its access tokens are for. */
  audience: z.array(printable(200)).max(20).default([]),
  access_token_signed_response_alg: z.enum(signingAlgs).default('ES256'),
  /** By default public clients rotate and confidential ones do not. */
  rotate_refresh_tokens: z.boolean().optional(),
  authorization_code_seconds: seconds(10, 600).optional(),
  access_token_seconds: seconds(30, dayInSeconds).optional(),
  id_token_seconds: seconds(30, dayInSeconds).optional(),
  refresh_token_idle_seconds: seconds(60, 3650 * dayInSeconds).optional(),
  refresh_token_seconds: seconds(60, 3650 * dayInSeconds).optional(),
});

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
}

/** What is wrong with one member of the metadata. */
export interface MetadataProblem {
  readonly member: string;
  readonly message: string;
}

/**
 * Validates metadata; `client_id` is the name when there is none. Gives all problems of single members at once, or else
 * all of members that do not go together.
 */
export function readClientMetadata(
  input: unknown,
  client_id: string,
): { readonly metadata: ClientMetadata } | { readonly problems: readonly MetadataProblem[] } {
  const parsed = clientMetadataSchema.safeParse(input);
  if (!parsed.success) return { problems: parsed.error.issues.map(problemOf) };
  const response_types =
    parsed.data.response_types ?? (parsed.data.grant_types.includes('authorization_code') ? ['code'] : []);
  const metadata = {
    ...parsed.data,
    client_name: parsed.data.client_name ?? client_id.slice(0, longestName),
    response_types,
  };
  const problems = [...uriProblems(metadata), ...contradictions(metadata)];
  return problems.length > 0 ? { problems } : { metadata };
}

/** Validates metadata. Throws `invalid_redirect_uri` or `invalid_client_metadata` naming every problem (RFC 7591 §3.2.2). */
export function parseClientMetadata(input: unknown, client_id: string): ClientMetadata {
  const read = readClientMetadata(input, client_id);
  if ('metadata' in read) return read.metadata;
  const text = read.problems.map(({ member, message }) => `${member}: ${message}`).join('; ');
  throw read.problems.every(({ member }) => member === 'redirect_uris')
    ? invalidRedirectUri(text)
    : invalidClientMetadata(text);
}

/** Whether the client can keep a secret (RFC 6749 §2.1). */
export function isConfidential(client: { readonly token_endpoint_auth_method: string }): boolean {
  return client.token_endpoint_auth_method !== 'none';
}

function problemOf(issue: z.core.$ZodIssue): MetadataProblem {
  if (issue.code === 'unrecognized_keys')
    return { member: issue.keys[0] ?? '', message: 'is not a member of client metadata that Castellan knows' };
  return { member: String(issue.path[0] ?? 'metadata'), message: issue.message };
}

function uriProblems(metadata: ClientMetadata): MetadataProblem[] {
  const problems: MetadataProblem[] = [];
  for (const member of ['redirect_uris', 'post_logout_redirect_uris'] as const)
    for (const uri of metadata[member]) {
      const message =
        member === 'post_logout_redirect_uris' && isPortRange(uri)
          ? `${uri} has a port range, which only a redirect URI may have`
          : redirectUriProblem(uri, metadata.application_type);
      if (message) problems.push({ member, message });
    }
  return problems;
}

/** Each rule is a sentence about two members that do not go together, and the member to change. */
function contradictions(metadata: ClientMetadata): MetadataProblem[] {
  const uses = (grant_type: string) => metadata.grant_types.includes(grant_type);
  const isPublic = !isConfidential(metadata);
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      uses('authorization_code') && metadata.redirect_uris.length === 0,
      'redirect_uris',
      'the authorization_code grant needs at least one redirect URI',
    ],
    [
      uses('authorization_code') !== metadata.response_types.includes('code'),
      'response_types',
      'the response type code and the grant type authorization_code go together',
    ],
    [
      uses('refresh_token') && !uses('authorization_code'),
      'grant_types',
      'refresh_token needs authorization_code, which gives the first one',
    ],
    [
      uses('client_credentials') && isPublic,
      'grant_types',
      'client_credentials is for clients that authenticate, not for token_endpoint_auth_method none',
    ],
    [isPublic && !metadata.require_pkce, 'require_pkce', 'a client without a secret always uses PKCE'],
    [!isScope(metadata.scope), 'scope', 'must be scope values separated by blanks (RFC 6749 §3.3)'],
  ];
  return rules.filter(([broken]) => broken).map(([, member, message]) => ({ member, message }));
}

function isScope(scope: string): boolean {
  try {
    parseScope(scope);
    return true;
  } catch {
    return false;
  }
}
