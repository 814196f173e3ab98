import type { Context } from '../../context.ts';
import { SealError } from '../../lib/seal.ts';
import { rememberOnce } from '../../storage/replays.ts';
import { PasskeyError } from './passkey-error.ts';

/** How long, in seconds, somebody may take to answer a challenge. */
export const challengeSeconds = 300;

/** What a challenge is for; one for another purpose, browser or user does not open. */
export interface ChallengePlace {
  readonly purpose: 'sign-in' | 'second-factor' | 'registration';
  /** The random name of the browser that asked for it. */
  readonly browser: string;
  /** Whose it is, where that is known. */
  readonly user_id?: string | undefined;
}

/** A challenge that came back and was ours. */
export interface OpenedChallenge {
  readonly id: string;
  readonly expires_at: number;
}

/**
 * A new challenge (WebAuthn §13.4.3), base64url. It is a sealed value, so that nothing is stored for a visitor: what it
 * is for is in its seal, and its 128 random bits are noted only when it is answered.
 */
export function newChallenge(context: Context, place: ChallengePlace): string {
  const id = context.randomBytes(16).toString('base64url');
  return context.secretKey.seal(JSON.stringify([id, context.now() + challengeSeconds]), boundTo(place));
}

/** Opens the challenge of an answer. Throws a PasskeyError when it is not for this place, or older than five minutes. */
export function openChallenge(context: Context, challenge: string, place: ChallengePlace): OpenedChallenge {
  const [id, expires_at] = unseal(context, challenge, place);
  if (context.now() >= expires_at) throw new PasskeyError('expired');
  return { id, expires_at };
}

/** Uses a challenge up. Throws a PasskeyError when it was answered before, also by another answer at the same instant. */
export async function consumeChallenge(context: Context, { id, expires_at }: OpenedChallenge): Promise<void> {
  const isFirst = await rememberOnce(context.database, `passkey-challenge/${id}`, expires_at);
  if (!isFirst) throw new PasskeyError('replayed');
}

function unseal(context: Context, challenge: string, place: ChallengePlace): [id: string, expires_at: number] {
  try {
    return JSON.parse(context.secretKey.unseal(challenge, boundTo(place)));
  } catch (error) {
    if (error instanceof SealError) throw new PasskeyError('challenge');
    throw error;
  }
}

const boundTo = ({ purpose, browser, user_id = '' }: ChallengePlace): string =>
  `passkey-challenge/${purpose}/${browser}/${user_id}`;
