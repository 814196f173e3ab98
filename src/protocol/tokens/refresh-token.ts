import type { Context } from '../../context.ts';
import { equalHashes, parseSplitToken } from '../../lib/split-token.ts';
import { findRefreshToken, type IssuedRefreshToken } from '../../storage/refresh-tokens.ts';
import { type Client, isConfidential } from '../client-metadata.ts';
import { confirmationText } from '../sender-constraints/binding.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';

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
  return authorizationStands(issued, now) && issued.user_is_open === 1 ? issued : undefined;
}

/**
 * What a refresh token is bound to, as it is stored: that of a public client to its key (RFC 9449 §5). A confidential
 * client proves who it is whenever it uses one, and may change its key.
 */
export function refreshTokenConfirmation(client: Client, binding: Binding | undefined): string | null {
  return isConfidential(client) ? null : confirmationText(binding?.cnf);
}

/** Whether the authorization behind a refresh token is neither revoked nor over, its session live unless it is offline. */
export function authorizationStands(issued: IssuedRefreshToken, now: number): boolean {
  const sessionStands = issued.offline_at !== null || issued.live_session_id !== null;
  return issued.revoked_at === null && issued.authorization_expires_at > now && sessionStands;
}
