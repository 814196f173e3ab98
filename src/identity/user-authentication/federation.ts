import type { Context } from '../../context.ts';
import { findFederatedIdentity, touchFederatedIdentity } from '../../storage/federated-identities.ts';
import type { User } from '../../storage/user-row.ts';
import { findUserById } from '../../storage/users.ts';
import { hasFederatedIdentity } from '../federated-identities.ts';
import type { Proof } from './proof.ts';
import type { UserAuthenticationMethod } from './user-authentication-method.ts';

/**
 * An account at an identity provider. What the provider says of how it signed the person in is not ours to claim, so `fed`
 * is all that an ID Token says of it, unless an administrator let the provider's second factor count.
 */
export const federation: UserAuthenticationMethod = {
  name: 'federation',
  amr: ['fed'],
  factors: ['first'],
  isEnrolled: hasFederatedIdentity,
};

/** Whom a provider says that it has before it. */
export interface FederationAttempt {
  readonly provider: string;
  readonly sub: string;
  /** Whether two factors were proven there, and that counts here. */
  readonly isMfa: boolean;
}

/** What came of it; `unknown` when nobody is connected to that account. */
export type FederationOutcome =
  | { readonly outcome: 'proven'; readonly user: User; readonly proof: Proof }
  | { readonly outcome: 'refused' | 'unknown' };

/**
 * Signs in whoever is connected to an account at a provider: by provider and sub alone, whatever else was told. The caller
 * has verified the provider's answer. A disabled or expired account is refused, and one that awaits approval.
 */
export async function attemptFederation(
  context: Context,
  { provider, sub, isMfa }: FederationAttempt,
): Promise<FederationOutcome> {
  const identity = await findFederatedIdentity(context.database, { provider, sub });
  const user = identity && (await findUserById(context.database, identity.user_id));
  if (!user) return { outcome: 'unknown' };
  const now = context.now();
  const isOver = user.expires_at !== undefined && user.expires_at <= now;
  if (user.disabled || user.awaitsApproval || isOver) return { outcome: 'refused' };
  await touchFederatedIdentity(context.database, { provider, sub }, now);
  const amr = [...federation.amr, ...(isMfa ? ['mfa'] : [])];
  return { outcome: 'proven', user, proof: { user_id: user.id, amr, proven_at: now } };
}
