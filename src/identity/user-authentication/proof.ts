import { z } from 'zod';
import type { Context } from '../../context.ts';
import { findFederatedIdentity } from '../../storage/federated-identities.ts';
import { listIdentityProviderRows } from '../../storage/identity-providers.ts';
import { findPasskey } from '../../storage/passkeys.ts';

/** What a person has proven so far in a sign-in that is not finished. It travels sealed, bound to one browser. */
export const proofSchema = z.object({
  /** Given once it travels: a proof that has travelled starts one session. */
  id: z.string().optional(),
  user_id: z.string(),
  /** What the ID Token will say of it (RFC 8176), in the order in which it was proven. */
  amr: z.array(z.string()),
  /** When the first of it was proven, in epoch seconds. */
  proven_at: z.number(),
  /** When the verified password was set: a session starts only while the user still has that one. */
  password_changed_at: z.number().optional(),
  /** The session that stands for the first proof, where somebody is signed in and only more is asked for. */
  session_id: z.string().optional(),
  /** Whether a second proof was added. */
  isAddedTo: z.boolean().optional(),
  /** The passkey that is part of it. */
  passkey_id: z.string().optional(),
  /** The account at an identity provider that it stands on. */
  federated: z.object({ provider: z.string(), sub: z.string() }).optional(),
});

export type Proof = z.output<typeof proofSchema>;

/** How long, in seconds, somebody may take from the first proof to the last. */
export const proofSeconds = 600;

/** A proof with another one added to it; two different ones are what RFC 8176 calls mfa. */
export function addProof(proof: Proof, amr: readonly string[]): Proof {
  return { ...proof, amr: [...new Set([...proof.amr, ...amr, 'mfa'])], isAddedTo: true };
}

/** Whether anything was proven in this sign-in: a session that stands for the first proof may have begun long ago. */
export function isProvenAnew({ session_id, isAddedTo }: Proof): boolean {
  return session_id === undefined || isAddedTo === true;
}

/** Whether the person still has what it was given with: a passkey or a connection may have been taken away since. */
export async function stillStands({ database }: Context, { user_id, passkey_id, federated }: Proof): Promise<boolean> {
  if (passkey_id !== undefined && (await findPasskey(database, passkey_id))?.user_id !== user_id) return false;
  if (!federated) return true;
  if ((await findFederatedIdentity(database, federated))?.user_id !== user_id) return false;
  const providers = await listIdentityProviderRows(database);
  return providers.some(({ name, disabled_at }) => name === federated.provider && disabled_at === null);
}
