import type { Context } from '../../context.ts';
import { findFederatedIdentity, touchFederatedIdentity } from '../../storage/federated-identities.ts';
import { countUsableProviders } from '../federated-identities.ts';
import type { Proof } from './proof.ts';
import type { UserAuthenticationMethod } from './user-authentication-method.ts';

/**
 * An account at an identity provider. What the provider says of how it signed the person in is not ours to claim, so `fed`
 * is all that an ID Token says of it, unless an administrator let the provider's second factor count.
 */
export const federation: UserAuthenticationMethod = {
  name: 'federation',
  title: 'Identity provider',
  amr: ['fed'],
  factors: ['first'],
  isEnrolled: async (context, user) => (await countUsableProviders(context, user)) > 0,
  count: countUsableProviders,
};

/** Whom a provider says that it has before it. */
export interface FederationAttempt {
  readonly provider: string;
  readonly sub: string;
  /** Whether two factors were proven there, and that counts here. */
  readonly isMfa: boolean;
}

/**
 * The proof of whoever is connected to an account at a provider, found by provider and sub alone, whatever else was told;
 * undefined when nobody is. The caller has verified the provider's answer.
 */
export async function attemptFederation(
  context: Context,
  { provider, sub, isMfa }: FederationAttempt,
): Promise<Proof | undefined> {
  const identity = await findFederatedIdentity(context.database, { provider, sub });
  if (!identity) return undefined;
  const now = context.now();
  await touchFederatedIdentity(context.database, { provider, sub }, now);
  const amr = [...federation.amr, ...(isMfa ? ['mfa'] : [])];
  return { user_id: identity.user_id, amr, proven_at: now, federated: { provider, sub } };
}
