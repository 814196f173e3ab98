import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import { PasskeyError, type PasskeyProblem, verifyAssertion } from '../passkeys/index.ts';
import type { Proof } from './proof.ts';

/** What a browser sent, and from where. */
export interface PasskeyAttempt {
  /** The JSON of the PublicKeyCredential. */
  readonly presented: string;
  /** The random name of the browser, to which the challenge is bound. */
  readonly browser: string;
  readonly address: string;
  readonly request_id: string;
}

/** What came of a passkey. */
export type PasskeyOutcome =
  | { readonly outcome: 'proven'; readonly proof: Proof }
  | { readonly outcome: 'refused'; readonly problem: PasskeyProblem };

/** What it says of the sign-in that the authenticator made sure who uses it (RFC 8176 §2), and what it says without. */
const verifiedAmr = ['pop', 'user', 'mfa'];
const presentAmr = ['pop'];

/**
 * Signs in with a passkey, or with `user` takes one as the second factor of somebody who is known by now. There is
 * nothing to guess, so nobody is kept waiting, and no stranger's guesses keep the owner out. Whoever signs in with
 * nothing else must be verified by the authenticator.
 */
export async function attemptPasskey(
  context: Context,
  { presented, browser, address, request_id }: PasskeyAttempt,
  user?: User,
): Promise<PasskeyOutcome> {
  try {
    const from = { address, request_id };
    const { user: owner, passkey, isUserVerified } = await verifyAssertion(context, { browser, user, presented }, from);
    const amr = isUserVerified ? verifiedAmr : presentAmr;
    const proof = { user_id: owner.id, amr, proven_at: context.now(), passkey_id: passkey.id };
    return { outcome: 'proven', proof };
  } catch (error) {
    if (error instanceof PasskeyError) return { outcome: 'refused', problem: error.problem };
    throw error;
  }
}
