import type { Context } from '../context.ts';
import { subjectIdentifier } from '../identity/subject-identifiers.ts';
import type { Client } from './client-metadata.ts';
import { sectorOf } from './sectors.ts';

/** What this client knows a user by: the `sub` of its tokens and of userinfo (OpenID Connect Core §8). */
export function subjectOf(context: Context, client: Client, user_id: string): string {
  return subjectIdentifier(context, user_id, client.subject_type === 'pairwise' ? sectorOf(client) : undefined);
}
