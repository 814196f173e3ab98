import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { invalidDpopProof, useDpopNonce } from '../../lib/errors.ts';
import { sha256 } from '../../lib/split-token.ts';
import { rememberOnce } from '../../storage/replays.ts';
import { newNonce, nonceHeader, nonceSecondsLeft, renewedNonce } from './dpop-nonce.ts';
import { type DpopProof, proofAlgs, readProof } from './dpop-proof.ts';
import type { ProofTarget, SenderConstraint } from './sender-constraint.ts';
import { normalizeTarget } from './target-uri.ts';

const scheme = 'DPoP';

/** How far a sender's clock may be from ours, in seconds, and so for how long its proof can be used. */
const windowSeconds = 60;

/** Demonstrating Proof of Possession (RFC 9449): a key that the sender made itself, shown anew with every request. */
export const dpop: SenderConstraint = {
  name: 'dpop',
  clientMember: 'dpop_bound_access_tokens',
  confirmation: 'jkt',
  token_type: scheme,
  requestParameter: 'dpop_jkt',
  headers: { request: ['DPoP'], answer: [nonceHeader] },
  metadata: { dpop_signing_alg_values_supported: proofAlgs },
  challenge: { algs: proofAlgs.join(' ') },
  isPresentIn: (request) => request.headers.dpop !== undefined,

  async check(context, request, target) {
    const details = { status: target.accessToken === undefined ? 400 : 401, scheme };
    const read = await readProof(headerOf(request), target.algs ?? proofAlgs);
    const problem = 'problem' in read ? read.problem : problemOf(read.proof, target);
    if ('problem' in read || problem !== undefined) throw invalidDpopProof(problem ?? 'the proof is wrong', details);
    const { proof } = read;
    const expires_at = usableUntil(context, proof, details);
    return {
      cnf: { jkt: proof.jkt },
      token_type: scheme,
      headers: renewedNonce(context, proof.nonce),
      async claim() {
        if (!(await rememberOnce(context.database, `dpop ${proof.jkt} ${sha256(proof.jti)}`, expires_at)))
          throw invalidDpopProof('the proof was used before', details);
      },
    };
  },
};

/** Of two headers Node makes one with a comma, which no proof has. */
function headerOf({ headers: { dpop: header } }: FastifyRequest): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

/** Whether the proof was made for this request (RFC 9449 §4.3, items 8, 9 and 12). */
function problemOf({ htm, htu, ath }: DpopProof, { method, url, accessToken }: ProofTarget): string | undefined {
  if (htm !== method) return `htm is not ${method}`;
  const target = normalizeTarget(htu);
  if (target === undefined) return 'htu is not an absolute http or https URI';
  if (target !== normalizeTarget(url)) return 'htu is not the address of this request';
  if (accessToken !== undefined && ath !== sha256(accessToken)) return 'ath is not the hash of the access token';
  return undefined;
}

/**
 * The moment from which the proof is refused by its age, so that it need not be remembered any longer. With a nonce of
 * ours the sender's clock does not count (RFC 9449 §11.1): the nonce tells the age.
 */
function usableUntil(
  context: Context,
  { iat, nbf, exp, nonce }: DpopProof,
  details: { readonly status: number; readonly scheme: string },
): number {
  const now = context.now();
  if (context.config.lifetimes.dpopNonceSeconds > 0) {
    const secondsLeft = nonceSecondsLeft(context, nonce);
    if (secondsLeft === undefined)
      throw useDpopNonce('the proof must contain the nonce of this answer', {
        ...details,
        headers: { [nonceHeader]: newNonce(context) },
      });
    return now + secondsLeft;
  }
  const outside = Math.abs(now - iat) > windowSeconds;
  if (outside || (nbf !== undefined && nbf > now + windowSeconds) || (exp !== undefined && exp <= now - windowSeconds))
    throw invalidDpopProof(`the proof is from another time: clocks may differ by ${windowSeconds} seconds`, details);
  return Math.floor(iat) + windowSeconds + 1;
}
