import type { Context } from '../../context.ts';
import { recordEvent } from '../../identity/audit.ts';
import { revokeAuthorization } from '../../storage/authorizations.ts';
import { insertRevokedAccessToken } from '../../storage/revoked-access-tokens.ts';
import type { Client } from '../client-metadata.ts';
import { findLiveAccessToken } from './access-token.ts';
import { findPresentedRefreshToken } from './refresh-token.ts';

/**
 * Revokes a token of this client (RFC 7009 §2.1): a refresh token with its whole authorization, an access token alone.
 * Nothing happens to a token that is unknown or another client's.
 */
export async function revoke(context: Context, client: Client, token: string): Promise<void> {
  const refreshToken = await findPresentedRefreshToken(context, token);
  if (refreshToken) {
    if (refreshToken.client_id !== client.client_id || refreshToken.revoked_at !== null) return;
    const { authorization_id } = refreshToken;
    await revokeAuthorization(context.database, authorization_id, context.now());
    const detail = { client_id: client.client_id, reason: 'the client revoked its refresh token' };
    await recordEvent(context, { id: 'system' }, 'authorization.revoked', authorization_id, detail);
    return;
  }
  const accessToken = await findLiveAccessToken(context, token);
  if (accessToken?.client.client_id !== client.client_id) return;
  await insertRevokedAccessToken(context.database, accessToken.jti, accessToken.exp);
}
