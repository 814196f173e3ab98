/**
 * What a visitor came for, carried in the URL while they sign in or consent: sealed, so that nobody can forge or read
 * it, and bound to this browser by its random cookie. Nothing is stored, so any number of tabs and restarts are fine.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { type Proof, proofSchema, proofSeconds } from '../../identity/user-authentication/index.ts';
import { SealError } from '../../lib/seal.ts';
import { newId } from '../../lib/split-token.ts';
import { type ReceivedRequest, receiveAgain } from '../../protocol/authorization-requests/index.ts';
import { findAuthorization } from '../../storage/authorizations.ts';
import { browserId, mayOnlyHaveOthers } from './browser-session.ts';
import { begunElsewhere, begunTooLongAgo, finishedBefore, leftTooLong } from './interrupted.ts';

const lifeSeconds = 3600;

/** What a continuation is once it is opened. */
export const continuationSchema = z.discriminatedUnion('kind', [
  /** A page of ours that wants to know who the visitor is. */
  z.object({
    kind: z.literal('page'),
    path: z.string(),
    started_at: z.number(),
    /** How strong the sign-in must be. */
    acr: z.string().optional(),
    /** What was proven in a sign-in under way. */
    proof: proofSchema.optional(),
  }),
  /** An authorization request: what `receiveAgain` needs of it, and the steps that were done for it. */
  z.object({
    kind: z.literal('authorization'),
    /** The id of the one authorization that may come of it. */
    id: z.string(),
    parameters: z.record(z.string(), z.string()),
    /** Whether they came in a request object, whose signature was verified when the request began. */
    signed: z.boolean(),
    started_at: z.number(),
    /** For each finished step, for what it was done: the verifier hash of a session, or a user id. */
    done: z.record(z.string(), z.string()),
    denied: z.boolean(),
    /** Set with `denied` when the person has no way to sign in as the application insists on. */
    unmet: z.boolean().optional(),
    proof: proofSchema.optional(),
  }),
]);

export type Continuation = z.output<typeof continuationSchema>;
export type AuthorizationContinuation = Extract<Continuation, { kind: 'authorization' }>;

const authorizationPath = '/oidc/oauth2/auth';

/** An authorization request that begins now. */
export function beginAuthorization(
  context: Context,
  { parameters, signed }: { parameters: Readonly<Record<string, string | undefined>>; signed: boolean },
): AuthorizationContinuation {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return {
    kind: 'authorization',
    id: newId(context),
    parameters: Object.fromEntries(given),
    signed,
    started_at: context.now(),
    done: {},
    denied: false,
  };
}

/**
 * The request that a continuation goes on with; a pushed one is read anew. Throws a PageError when it has given its
 * answer already: from another tab, or when somebody goes back from the application.
 */
export async function continuedRequest(
  context: Context,
  { id, parameters, signed, started_at }: AuthorizationContinuation,
): Promise<ReceivedRequest> {
  const received = await receiveAgain(context, { parameters, isSigned: signed, startedAt: started_at });
  if (received.refusal || (await findAuthorization(context.database, id)))
    throw await finishedBefore(context, received.parameters);
  return received;
}

/** A sign-in for a page of ours that begins now. */
export function beginPage(context: Context, path: string): Continuation {
  return { kind: 'page', path, started_at: context.now() };
}

/** What somebody has proven so far in the sign-in of this continuation; undefined when it was too long ago. */
export function proofOf(context: Context, { proof }: Continuation): Proof | undefined {
  return proof && context.now() < proof.proven_at + proofSeconds ? proof : undefined;
}

/** The address of a step's page for this continuation. */
export function stepUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  continuation: Continuation,
): string {
  return `${path}?continuation=${sealContinuation(context, request, reply, continuation)}`;
}

/** A continuation as it stands in addresses and forms. */
export function sealContinuation(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  continuation: Continuation,
): string {
  return context.secretKey.seal(JSON.stringify(continuation), boundTo(browserId(context, request, reply)));
}

/** A sealed continuation, however old; undefined when it was made for another browser, or has been altered. */
export function openContinuation(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string,
): Continuation | undefined {
  try {
    const json = context.secretKey.unseal(sealed, boundTo(browserId(context, request, reply)));
    return continuationSchema.parse(JSON.parse(json));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/**
 * Reads a sealed continuation. Throws a PageError that offers to start again when it was made for another browser, has
 * been altered, or is older than an hour.
 */
export async function readContinuation(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  sealed: string,
): Promise<Continuation> {
  const continuation = openContinuation(context, request, reply, sealed);
  if (!continuation) throw begunElsewhere();
  if (context.now() < continuation.started_at + lifeSeconds) return continuation;
  if (continuation.kind === 'page') throw begunTooLongAgo(continuation.path);
  const { parameters, signed } = continuation;
  // What a client signed or pushed is good for the time that the client gave it, and no longer.
  if (signed || parameters.request_uri !== undefined) throw await leftTooLong(context, parameters);
  throw begunTooLongAgo(againUrl(context, request, reply, continuation));
}

/** The same request from its beginning. It keeps its id, so that no more than one code ever comes of it. */
function againUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, id, parameters, signed }: AuthorizationContinuation,
): string {
  const again = { kind, id, parameters, signed, started_at: context.now(), done: {}, denied: false };
  return stepUrl(context, request, reply, authorizationPath, again);
}

/** Where to send the browser once a step is done, `as` saying for what: the continuation then tells it so. */
export function completeStep(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  continuation: Continuation,
  done: { readonly step: string; readonly as: string },
): string {
  if (continuation.kind === 'page') return continuation.path;
  const { proof: _finished, ...unproven } = continuation;
  return stepUrl(context, request, reply, authorizationPath, {
    ...unproven,
    done: { ...continuation.done, [done.step]: done.as },
  });
}

/**
 * Where to send the browser when the visitor cancels: the application is told `access_denied`, or with `unmet` that it
 * insists on a sign-in that this person has no means for.
 */
export function denyUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  continuation: Continuation,
  { unmet = false }: { readonly unmet?: boolean } = {},
): string {
  if (continuation.kind === 'page') return '/';
  const { proof: _given, ...unproven } = continuation;
  return stepUrl(context, request, reply, authorizationPath, { ...unproven, denied: true, ...(unmet && { unmet }) });
}

/** Where to go on with an authorization request after a page that is none of its steps. */
export function resumeUrl(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  continuation: AuthorizationContinuation,
): string {
  const { proof: _old, ...unproven } = continuation;
  return stepUrl(context, request, reply, authorizationPath, unproven);
}

/**
 * Sends a visitor who must sign in first to the sign-in page, or where others are signed in with this browser to the
 * choice of one of them; and afterwards back to this path of ours.
 */
export function redirectToSignIn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(signInUrl(context, request, reply, path), 303);
}

/** Where `redirectToSignIn` leads to. */
export function signInUrl(context: Context, request: FastifyRequest, reply: FastifyReply, path: string): string {
  const step = mayOnlyHaveOthers(context, request) ? '/select-account' : '/login';
  return stepUrl(context, request, reply, step, beginPage(context, path));
}

const boundTo = (browser: string): string => `continuation/${browser}`;
