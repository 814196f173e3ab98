import type { Context } from '../../context.ts';
import type { User } from '../../identity/users.ts';
import { newSplitToken } from '../../lib/split-token.ts';
import type { Authorization } from '../../storage/authorizations.ts';
import type { Sql } from '../../storage/database.ts';
import { insertRefreshToken } from '../../storage/refresh-tokens.ts';
import type { Client } from '../client-metadata.ts';
import { tokenResources } from '../requested-resources.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import { issueTokens, type TokenResponse } from './issue-tokens.ts';
import { lifetimesOf } from './lifetimes.ts';
import { refreshTokenConfirmation } from './refresh-token.ts';

/**
 * The first tokens of an authorization, with a refresh token when the client is registered for it. `claim` takes what is
 * redeemed, in the batch that writes the refresh token; undefined when it changed no row because somebody was faster.
 */
export async function issueFirstTokens(
  context: Context,
  client: Client,
  {
    claim,
    authorization,
    user,
    resource: asked,
    binding,
  }: {
    readonly claim: Sql;
    readonly authorization: Omit<Authorization, 'revoked_at' | 'created_at'>;
    readonly user: User;
    /** The resources that the token request names, if it does. */
    readonly resource: string | undefined;
    readonly binding: Binding | undefined;
  },
): Promise<TokenResponse | undefined> {
  const now = context.now();
  const refreshToken = client.grant_types.includes('refresh_token') ? newSplitToken(context) : undefined;
  const resource = await tokenResources(context, client, { asked, granted: authorization.resource });
  // Signed before anything is taken, so that what was taken is never lost to a failure to sign.
  const response = await issueTokens(context, client, {
    authorization,
    user,
    scope: authorization.scope.split(' '),
    resource,
    refresh_token: refreshToken?.token,
    binding,
  });
  const insert = refreshToken && {
    id: refreshToken.id,
    verifier_hash: refreshToken.verifier_hash,
    authorization_id: authorization.id,
    client_id: client.client_id,
    cnf: refreshTokenConfirmation(client, binding),
    created_at: now,
    expires_at: Math.min(now + lifetimesOf(context, client).refreshTokenIdleSeconds, authorization.expires_at),
  };
  const won = await context.database.batch([claim, ...(insert ? [insertRefreshToken(insert)] : [])]);
  return won ? response : undefined;
}
