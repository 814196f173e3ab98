import type { Context } from '../../context.ts';
import { equalHashes, parseSplitToken } from '../../lib/split-token.ts';
import { findRefreshToken, type IssuedRefreshToken } from '../../storage/refresh-tokens.ts';

/** The refresh token behind this text, spent or not; the verifier is compared in constant time. */
export async function findPresentedRefreshToken(
  context: Context,
  refresh_token: string,
): Promise<IssuedRefreshToken | undefined> {
  const presented = parseSplitToken(refresh_token);
  if (!presented) return undefined;
  const issued = await findRefreshToken(context.database, { id: presented.id, now: context.now() });
  return issued && equalHashes(issued.verifier_hash, presented.verifier_hash) ? issued : undefined;
}

/** The same, when it could be used now: unspent, not expired, and all that it stands on still stands. */
export async function findLiveRefreshToken(
  context: Context,
  refresh_token: string,
): Promise<IssuedRefreshToken | undefined> {
  const issued = await findPresentedRefreshToken(context, refresh_token);
  const now = context.now();
  if (!issued || issued.rotated_at !== null || issued.expires_at <= now) return undefined;
  return authorizationStands(issued, now) && issued.user_disabled_at === null ? issued : undefined;
}

/** Whether the authorization behind a refresh token is neither revoked nor over, its session live unless it is offline. */
export function authorizationStands(issued: IssuedRefreshToken, now: number): boolean {
  const sessionStands = issued.offline_at !== null || issued.live_session_id !== null;
  return issued.revoked_at === null && issued.authorization_expires_at > now && sessionStands;
}
