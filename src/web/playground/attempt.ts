/**
 * What a relying party remembers between its request and the answer. It is in a cookie, sealed and bound to this
 * browser, so that an answer to a request that this browser did not make finds nothing (login CSRF, RFC 9700 §4.7).
 * There is one such cookie: of two runs begun in two tabs the later one counts.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { SealError } from '../../lib/seal.ts';
import { equalHashes, sha256 } from '../../lib/split-token.ts';
import { browserId, clearCookie, readCookie, setCookie } from '../ui/browser-session.ts';
import { callbackPath, client_id } from './playground-client.ts';

const cookie = 'playground';
const lifeSeconds = 1800;
/** What `setCookie` takes. */
const longestCookieValue = 1024;

const attemptSchema = z.object({
  started_at: z.number(),
  /** The administrator who started the run. */
  started_by: z.string(),
  state: z.string(),
  nonce: z.string(),
  code_verifier: z.string(),
  /** The parameters that were chosen on the start page. */
  chosen: z.record(z.string(), z.string()),
});

/** A run whose answer has not come yet. */
export type Attempt = z.output<typeof attemptSchema>;

/** Begins a run with fresh state, nonce and code_verifier. Undefined when the parameters are too long to be kept. */
export function beginAttempt(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  begin: { readonly started_by: string; readonly chosen: Readonly<Record<string, string>> },
): Attempt | undefined {
  const random = (bytes: number) => context.randomBytes(bytes).toString('base64url');
  const attempt = {
    started_at: context.now(),
    ...begin,
    state: random(16),
    nonce: random(16),
    code_verifier: random(32),
  };
  const sealed = context.secretKey.seal(JSON.stringify(attempt), boundTo(browserId(context, request, reply)));
  if (sealed.length > longestCookieValue) return undefined;
  setCookie(context, reply, cookie, sealed, lifeSeconds);
  return attempt;
}

/** The attempt that an answer with this state belongs to, once: with the answer it is over. */
export function takeAttempt(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  state: string,
): Attempt | undefined {
  const sealed = readCookie(context, request, cookie);
  const attempt = sealed === undefined ? undefined : unseal(context, sealed, browserId(context, request, reply));
  if (!attempt || context.now() >= attempt.started_at + lifeSeconds) return undefined;
  if (!equalHashes(sha256(attempt.state), sha256(state))) return undefined;
  clearCookie(context, reply, cookie);
  return attempt;
}

/** The authorization request of an attempt (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1). */
export function authorizationRequestOf(context: Context, attempt: Attempt): Record<string, string> {
  const { chosen, state, nonce, code_verifier } = attempt;
  return {
    response_type: 'code',
    client_id,
    redirect_uri: `${context.config.publicUrl}${callbackPath}`,
    ...chosen,
    state,
    nonce,
    code_challenge: sha256(code_verifier),
    code_challenge_method: 'S256',
  };
}

function unseal(context: Context, sealed: string, browser: string): Attempt | undefined {
  try {
    return attemptSchema.parse(JSON.parse(context.secretKey.unseal(sealed, boundTo(browser))));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const boundTo = (browser: string): string => `playground-attempt/${browser}`;
