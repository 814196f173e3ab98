import type { Context } from '../context.ts';
import { subjectIdentifier } from '../identity/subject-identifiers.ts';
import type { Client } from './client-metadata.ts';

/** What this client knows a user by: the `sub` of its tokens and of userinfo (OpenID Connect Core §8). */
export function subjectOf(context: Context, client: Client, user_id: string): string {
  return subjectIdentifier(context, user_id, client.subject_type === 'pairwise' ? sectorOf(client) : undefined);
}

/** The sector of a client: the host of its sector_identifier_uri, otherwise that of its redirect URIs (§8.1). */
function sectorOf(client: Client): string {
  const uri = client.sector_identifier_uri ?? client.redirect_uris[0] ?? '';
  return URL.canParse(uri) ? new URL(uri).host : client.client_id;
}
