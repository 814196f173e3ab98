import type { Context } from '../../context.ts';
import type { Client } from '../client-metadata.ts';
import { profileOf } from '../profiles/index.ts';

/** How long what a client gets is good for, in seconds: its own wish, or the setting of the installation. */
export interface Lifetimes {
  readonly authorizationCodeSeconds: number;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenIdleSeconds: number;
  /** The absolute life of an authorization, and so of its refresh tokens. */
  readonly authorizationSeconds: number;
}

/** The lifetimes of a client. */
export function lifetimesOf({ config: { lifetimes } }: Context, client: Client): Lifetimes {
  const { longestCodeSeconds = Number.POSITIVE_INFINITY } = profileOf(client);
  const authorizationCodeSeconds = Math.min(
    client.authorization_code_seconds ?? lifetimes.authorizationCodeSeconds,
    longestCodeSeconds,
  );
  const accessTokenSeconds = client.access_token_seconds ?? lifetimes.accessTokenSeconds;
  const refreshTokenSeconds = client.refresh_token_seconds ?? lifetimes.refreshTokenSeconds;
  return {
    authorizationCodeSeconds,
    accessTokenSeconds,
    idTokenSeconds: client.id_token_seconds ?? lifetimes.idTokenSeconds,
    refreshTokenIdleSeconds: client.refresh_token_idle_seconds ?? lifetimes.refreshTokenIdleSeconds,
    authorizationSeconds: client.grant_types.includes('refresh_token')
      ? Math.max(refreshTokenSeconds, accessTokenSeconds)
      : accessTokenSeconds + authorizationCodeSeconds,
  };
}

/** Whether the authorization outlives the session: offline_access was allowed and the client may refresh. */
export function issuesOfflineAccess(client: Client, scope: readonly string[]): boolean {
  return scope.includes('offline_access') && client.grant_types.includes('refresh_token');
}
