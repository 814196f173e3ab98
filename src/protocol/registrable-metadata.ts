import * as z from 'zod';
import { invalidClientMetadata, invalidRedirectUri } from '../lib/errors.ts';
import {
  type ClientMetadata,
  clientMetadataSchema,
  completeMetadata,
  type MetadataProblem,
  nameIn,
} from './client-metadata.ts';
import { metadataRules } from './client-metadata-rules.ts';
import { grants } from './grants/index.ts';
import { withProfileDefaults } from './profiles/profile-rules.ts';
import { normalizeResponseType, responseTypes } from './response-types/index.ts';

/** What the token endpoint serves, and what response types are registered with beside it, such as implicit. */
export const grantTypes: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...[...responseTypes.values()].flatMap((type) => type.grantTypes.map((name) => [name, type] as const)),
  ...grants,
]);

const { shape } = clientMetadataSchema;
/** The one schema that metadata pass when they come, from the console, the command line or registration. */
const registrableSchema = clientMetadataSchema.extend({
  grant_types: shape.grant_types.pipe(z.array(nameIn(grantTypes))),
  response_types: z.array(z.string().overwrite(normalizeResponseType).pipe(nameIn(responseTypes))).optional(),
});

/**
 * Reads metadata that somebody wants to register; `client_id` is the name when there is none. Gives all problems of
 * single members at once, or else all of members that do not go together.
 */
export function readClientMetadata(
  input: unknown,
  client_id: string,
): { readonly metadata: ClientMetadata } | { readonly problems: readonly MetadataProblem[] } {
  const parsed = registrableSchema.safeParse(withProfileDefaults(input));
  if (!parsed.success) return { problems: parsed.error.issues.map(problemOf) };
  const metadata = completeMetadata(parsed.data, client_id);
  const problems = metadataRules.flatMap((rule) => rule(metadata));
  return problems.length > 0 ? { problems } : { metadata };
}

/** The same. Throws `invalid_redirect_uri` or `invalid_client_metadata` naming every problem (RFC 7591 §3.2.2). */
export function parseClientMetadata(input: unknown, client_id: string): ClientMetadata {
  const read = readClientMetadata(input, client_id);
  if ('metadata' in read) return read.metadata;
  const text = read.problems.map(({ member, message }) => `${member}: ${message}`).join('; ');
  throw read.problems.every(({ member }) => member === 'redirect_uris')
    ? invalidRedirectUri(text)
    : invalidClientMetadata(text);
}

function problemOf(issue: z.core.$ZodIssue): MetadataProblem {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
    return { member: issue.keys[0] ?? '', message: 'is not a member of client metadata that Castellan knows' };
  const [ofName] = issue.code === 'invalid_key' ? issue.issues : [];
  return { member: String(issue.path[0] ?? 'metadata'), message: (ofName ?? issue).message };
}
