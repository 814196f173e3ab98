import type { Context } from '../context.ts';

/**
 * The subject identifier of a user (OpenID Connect Core §8): the same for everybody, or, for a sector, one that nobody
 * else can link to it. It is derived under the secret key, so that nothing is stored and no two sectors can compute
 * one from the other.
 */
export function subjectIdentifier(context: Pick<Context, 'secretKey'>, user_id: string, sector?: string): string {
  if (sector === undefined) return user_id;
  return context.secretKey.derive('pairwise-subject', JSON.stringify([sector, user_id])).toString('base64url');
}
