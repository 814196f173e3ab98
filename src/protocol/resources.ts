import * as z from 'zod';
import type { Context } from '../context.ts';
import { type Actor, recordEvent } from '../identity/audit.ts';
import { OperatorError } from '../lib/operator-error.ts';
import {
  deleteResource,
  findResourceRows,
  insertResource,
  listOpenScopes,
  listResourceRows,
  type ResourceRow,
  updateResourceRow,
} from '../storage/resources.ts';
import { findClient } from './clients.ts';
import { parseScope, scopes } from './scopes.ts';
import { type SigningAlg, signingAlgs } from './tokens/signing-algs.ts';

/** What an access token can look like: a JWT that the API reads itself (RFC 9068), or a text that it asks us about. */
export const accessTokenFormats = ['jwt', 'opaque'] as const;
export type AccessTokenFormat = (typeof accessTokenFormats)[number];

/** An API that access tokens are for, the resource of RFC 8707. */
export interface Resource {
  /** Its absolute URI, which is the audience of its tokens. */
  readonly identifier: string;
  readonly name: string;
  /** The scope values that mean something to it; none means that any may. */
  readonly scope: readonly string[];
  readonly access_token_format: AccessTokenFormat;
  /** No token for it is good for longer. */
  readonly access_token_seconds?: number | undefined;
  /** Without it, the client's own. */
  readonly access_token_signing_alg?: SigningAlg | undefined;
  /** As which client it asks about tokens that are for it. */
  readonly client_id?: string | undefined;
  /** Whether every client may ask for it, and not only those that are registered with it as audience. */
  readonly open: boolean;
  readonly created_at?: number;
}

/** Whether it has the form of RFC 8707 §2: an absolute URI without a fragment. */
export function isResourceIdentifier(text: string): boolean {
  return (
    text.length <= 500 && /^[a-z][a-z\d+.-]*:[\x21\x23-\x7E]+$/i.test(text) && !text.includes('#') && URL.canParse(text)
  );
}

/** What is asked of whoever registers a resource; the messages complete a sentence that begins with the member. */
export const newResourceSchema = z.strictObject({
  identifier: z.string().refine(isResourceIdentifier, 'must be an absolute URI without a fragment'),
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'must not contain control or invisible characters')
    .optional(),
  scope: z
    .string()
    .max(4000, 'must have at most 4000 characters')
    .refine(isScope, 'must be scope values separated by blanks (RFC 6749 §3.3)')
    .default(''),
  access_token_format: z.enum(accessTokenFormats, `must be ${accessTokenFormats.join(' or ')}`).default('jwt'),
  access_token_seconds: z
    .int('must be a whole number of seconds from 30 to 86400')
    .min(30, 'must be at least 30')
    .max(86_400, 'must be at most 86400')
    .optional(),
  access_token_signing_alg: z.enum(signingAlgs, `must be one of ${signingAlgs.join(', ')}`).optional(),
  client_id: z.string().min(1, 'must not be empty').max(200, 'must have at most 200 characters').optional(),
  open: z.boolean().default(false),
});

/**
 * Those of these identifiers that are resources, in the order asked for. The issuer is one without being registered:
 * our userinfo endpoint (RFC 9728).
 */
export async function findResources(context: Context, identifiers: readonly string[]): Promise<Resource[]> {
  const { issuer } = context.config;
  const others = identifiers.filter((identifier) => identifier !== issuer);
  const rows = others.length === 0 ? [] : await findResourceRows(context.database, others);
  const found = new Map(rows.map((row) => [row.identifier, resourceFrom(row)]));
  found.set(issuer, ownResource(issuer));
  return identifiers.flatMap((identifier) => found.get(identifier) ?? []);
}

/** Registered resources by identifier, after a given one. */
export async function listResources(context: Context, page: { after?: string; limit: number }): Promise<Resource[]> {
  return (await listResourceRows(context.database, page)).map(resourceFrom);
}

/** The scope values that every client may ask for besides the built-in ones: those of resources that are open. */
export async function openScope({ database }: Context): Promise<readonly string[]> {
  return (await listOpenScopes(database)).flatMap(parseScope);
}

/** Why a resource cannot be registered or changed so, in a sentence for whoever does it. */
export class ResourceError extends OperatorError {
  /** The member of the resource that is in the way. */
  readonly member: 'identifier' | 'client_id';
  constructor(member: 'identifier' | 'client_id', message: string) {
    super(message);
    this.name = 'ResourceError';
    this.member = member;
  }
}

type NewResource = z.output<typeof newResourceSchema>;

/** Registers a resource. Throws a ResourceError when its identifier is taken, or the client it asks as is unknown. */
export async function registerResource(context: Context, given: NewResource, actor: Actor): Promise<Resource> {
  const { identifier } = given;
  if (identifier === context.config.issuer)
    throw new ResourceError(
      'identifier',
      'This is Castellan itself, whose userinfo endpoint is registered already, and for good.',
    );
  await checkClient(context, given);
  const row = rowOf(given, context.now());
  if (!(await insertResource(context.database, row)))
    throw new ResourceError('identifier', 'An API with this identifier is registered already.');
  await recordEvent(context, actor, 'resource.registered', identifier, { name: row.name });
  return resourceFrom(row);
}

/**
 * Replaces all of a resource but its identifier, for the tokens that are issued from now on. Throws a ResourceError when
 * there is none of this identifier, or the client it asks as is unknown.
 */
export async function updateResource(context: Context, given: NewResource, actor: Actor): Promise<Resource> {
  await checkClient(context, given);
  const { identifier } = given;
  const row = await updateResourceRow(context.database, rowOf(given, context.now()));
  if (!row) throw new ResourceError('identifier', `There is no API ${JSON.stringify(identifier)}.`);
  await recordEvent(context, actor, 'resource.updated', identifier, { name: row.name });
  return resourceFrom(row);
}

/** Removes a resource: no client gets tokens for it any more. False when there is none of this identifier. */
export async function removeResource(context: Context, identifier: string, actor: Actor): Promise<boolean> {
  const removed = await deleteResource(context.database, identifier);
  if (removed) await recordEvent(context, actor, 'resource.removed', identifier);
  return removed;
}

async function checkClient(context: Context, { client_id }: NewResource): Promise<void> {
  if (client_id === undefined || (await findClient(context, client_id))) return;
  const message = `No application has the client ID ${JSON.stringify(client_id)}. Register the API as an application first.`;
  throw new ResourceError('client_id', message);
}

function rowOf({ identifier, name, ...given }: NewResource, now: number): ResourceRow {
  return {
    identifier,
    name: name ?? identifier.slice(0, 100),
    scope: parseScope(given.scope).join(' '),
    access_token_format: given.access_token_format,
    access_token_seconds: given.access_token_seconds ?? null,
    access_token_signing_alg: given.access_token_signing_alg ?? null,
    client_id: given.client_id ?? null,
    open_at: given.open ? now : null,
    created_at: now,
  };
}

function ownResource(issuer: string): Resource {
  return { identifier: issuer, name: 'Userinfo', scope: [...scopes.keys()], access_token_format: 'jwt', open: true };
}

function resourceFrom(row: ResourceRow): Resource {
  return {
    identifier: row.identifier,
    name: row.name,
    scope: parseScope(row.scope),
    access_token_format: accessTokenFormats.find((format) => format === row.access_token_format) ?? 'jwt',
    access_token_seconds: row.access_token_seconds ?? undefined,
    access_token_signing_alg: signingAlgs.find((alg) => alg === row.access_token_signing_alg),
    client_id: row.client_id ?? undefined,
    open: row.open_at !== null,
    created_at: row.created_at,
  };
}

function isScope(text: string): boolean {
  try {
    parseScope(text);
    return true;
  } catch {
    return false;
  }
}
