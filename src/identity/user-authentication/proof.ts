import { z } from 'zod';

/** What a person has proven so far in a sign-in that is not finished. It travels sealed, bound to one browser. */
export const proofSchema = z.object({
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
