import type { Context } from '../context.ts';
import { subjectIdentifier } from '../identity/subject-identifiers.ts';
import type { Client } from './client-metadata.ts';
import { sectorOf } from './sectors.ts';

/** What this client knows a user by: the `sub` of its tokens and of userinfo (OpenID Connect Core §8). */
export function subjectOf(context: Context, client: Client, user_id: string): string {
  return subjectIdentifier(context, user_id, client.subject_type === 'pairwise' ? sectorOf(client) : undefined);
}

/**
 * What this client knows a session by: the `sid` of its tokens. In a sector it is one of its own, for what two sectors
 * have in common would tell them that they see the same person.
 */
export function sidOf({ secretKey }: Pick<Context, 'secretKey'>, client: Client, session_id: string): string {
  if (client.subject_type !== 'pairwise') return session_id;
  return secretKey.derive('pairwise-session', JSON.stringify([sectorOf(client), session_id])).toString('base64url');
}
