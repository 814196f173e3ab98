import type { Context } from '../../context.ts';
import { type Actor, recordEvent } from '../../identity/audit.ts';
import type { SigningAlg } from './signing-algs.ts';
import type { SigningKeyInfo } from './signing-keys.ts';

/**
 * Rotates the signing keys on behalf of somebody and puts each key that this made into the audit log; what it means is
 * told at `SigningKeys.rotate`. Resolves with the successors, made now or published already.
 */
export async function rotateSigningKeys(
  context: Context,
  actor: Actor,
  options: { alg?: SigningAlg; immediately?: boolean } = {},
): Promise<readonly SigningKeyInfo[]> {
  const known = new Set((await context.signingKeys.list()).map(({ kid }) => kid));
  const successors = await context.signingKeys.rotate(options);
  for (const { kid, alg, current_at } of successors)
    if (!known.has(kid)) await recordEvent(context, actor, 'signing_key.added', kid, { alg, current_at });
  return successors;
}
