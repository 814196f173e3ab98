/**
 * What travels while somebody is at a provider, and until an account of theirs is found or made: sealed, and bound to this
 * browser, so that nobody can forge it or hand it to somebody else. Nothing is stored. It is packed, with the continuation
 * as it is when it is open, for it stands in addresses that other servers have to take.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { SealError } from '../../../lib/seal.ts';
import type { UpstreamChecks } from '../../../protocol/identity-providers/index.ts';
import { providerRedirectUri } from '../../../protocol/identity-providers/registered-providers.ts';
import { browserId } from '../../ui/browser-session.ts';
import { continuationSchema, openContinuation, sealContinuation } from '../../ui/continuation.ts';
import { startAgain } from './federation-errors.ts';

/** How long, in seconds, somebody may stay at a provider, and may take to find or make an account here. */
const lifeSeconds = 3600;

/** With it an address stays below 8 KB, which is what common servers take. */
const longestState = 6000;

/** What was packed is smaller than this; the bound is there for whatever may be wrong. */
const unpackedBytes = 65_536;

const flowSchema = z.object({
  id: z.string(),
  provider: z.string(),
  /** The continuation of the sign-in, as it came. */
  continuation: z.string().optional(),
  /** Who wants to be connected; without it somebody signs in. */
  user_id: z.string().optional(),
  started_at: z.number(),
});

/** A visit to a provider; it is the `state` of the request there. */
export type Flow = Readonly<z.output<typeof flowSchema>>;

const newcomerSchema = z.object({
  /** That of the visit. */
  id: z.string(),
  provider: z.string(),
  sub: z.string(),
  label: z.string(),
  isMfa: z.boolean(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.boolean(),
  continuation: z.string().optional(),
  user_id: z.string().optional(),
  started_at: z.number(),
  /** When the provider said so. */
  proven_at: z.number(),
});

/** Somebody whom a provider has told us of, and who is connected to nobody here. */
export type Newcomer = Readonly<z.output<typeof newcomerSchema>>;

/** The `state` of a visit that begins now, and the visit; undefined when it would be longer than servers take. */
export function beginFlow(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  given: Pick<Flow, 'provider' | 'continuation' | 'user_id'>,
): { readonly flow: Flow; readonly state: string } | undefined {
  const flow = { ...given, id: context.randomBytes(16).toString('base64url'), started_at: context.now() };
  const state = seal(context, request, reply, 'state', flow);
  return state.length > longestState ? undefined : { flow, state };
}

/** The visit of a `state`. Throws a PageError when it was begun in another browser, too long ago, or never. */
export function readFlow(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  state: string | undefined,
): Flow {
  return read(context, request, reply, { place: 'state', sealed: state, schema: flowSchema });
}

/** What the answer of the provider must fit. Nonce and PKCE verifier are derived, so that they need not travel. */
export function checksOf(context: Context, { id, provider }: Flow, state: string): UpstreamChecks {
  const derived = (purpose: string) => context.secretKey.derive(`federation/${purpose}`, id).toString('base64url');
  return {
    redirect_uri: providerRedirectUri(context, provider),
    state,
    nonce: derived('nonce'),
    code_verifier: derived('code_verifier'),
  };
}

/** An address that carries a newcomer. */
export function newcomerUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { page, newcomer }: { readonly page: 'new' | 'connect'; readonly newcomer: Newcomer },
): string {
  const sealed = seal(context, request, reply, 'newcomer', newcomer);
  return `/login/with/${newcomer.provider}/${page}?newcomer=${sealed}`;
}

/** The newcomer of an address or form. Throws a PageError as `readFlow`. */
export function readNewcomer(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string | undefined,
): Newcomer {
  return read(context, request, reply, { place: 'newcomer', sealed, schema: newcomerSchema });
}

function seal(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  place: string,
  value: Flow | Newcomer,
): string {
  const { continuation: sealed } = value;
  const continuation = sealed === undefined ? undefined : openContinuation(context, request, reply, sealed);
  const packed = deflateRawSync(JSON.stringify({ ...value, continuation }));
  return context.secretKey.seal(packed, boundTo(place, browserId(context, request, reply)));
}

interface Sealed<Value> {
  readonly place: string;
  readonly sealed: string | undefined;
  readonly schema: z.ZodType<Value>;
}

function read<Value extends { readonly started_at: number; readonly continuation?: string | undefined }>(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  from: Sealed<Value>,
): Value {
  const value = unseal(context, request, reply, from);
  if (!value) throw startAgain(context, request);
  if (context.now() < value.started_at + lifeSeconds) return value;
  throw startAgain(context, request, value.continuation);
}

const packedSchema = z.looseObject({ continuation: continuationSchema.optional() });

function unseal<Value>(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { place, sealed = '', schema }: Sealed<Value>,
): Value | undefined {
  try {
    const packed = context.secretKey.unsealBytes(sealed, boundTo(place, browserId(context, request, reply)));
    const json = inflateRawSync(packed, { maxOutputLength: unpackedBytes }).toString('utf8');
    const { continuation, ...value } = packedSchema.parse(JSON.parse(json));
    const again = continuation && sealContinuation(context, request, reply, continuation);
    return schema.parse({ ...value, continuation: again });
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (place: string, browser: string): string => `federation/${place}/${browser}`;
