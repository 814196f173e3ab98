import type { Context } from '../../context.ts';
import { SealError } from '../../lib/seal.ts';

/** The header of RFC 9449 §8. */
export const nonceHeader = 'DPoP-Nonce';

const boundTo = 'dpop-nonce';
/** 1 version byte, 12 of nonce, 10 digits and 16 of tag are 52 characters. */
const nonceLength = 52;
/** How far the clocks of two nodes may differ, in seconds. */
const clockSeconds = 5;

type Sealer = Pick<Context, 'config' | 'now' | 'secretKey'>;

/** A nonce for the next proof: the time, sealed, so that no node has to remember it and nobody can make one. */
export function newNonce({ now, secretKey }: Sealer): string {
  return secretKey.seal(String(now()), boundTo);
}

/** For how many more seconds a nonce is good; undefined when it is not ours, too old, or from the future. */
export function nonceSecondsLeft(context: Sealer, nonce: string | undefined): number | undefined {
  const age = ageOf(context, nonce);
  if (age === undefined) return undefined;
  const left = context.config.lifetimes.dpopNonceSeconds - age;
  return age >= -clockSeconds && left > 0 ? left : undefined;
}

/** The header with a fresh nonce for a sender whose nonce has reached half its life; nothing otherwise. */
export function renewedNonce(context: Sealer, nonce: string | undefined): Record<string, string> {
  const { dpopNonceSeconds } = context.config.lifetimes;
  const age = dpopNonceSeconds > 0 ? ageOf(context, nonce) : undefined;
  return age !== undefined && age * 2 >= dpopNonceSeconds ? { [nonceHeader]: newNonce(context) } : {};
}

function ageOf({ now, secretKey }: Sealer, nonce: string | undefined): number | undefined {
  if (nonce?.length !== nonceLength) return undefined;
  try {
    return now() - Number(secretKey.unseal(nonce, boundTo));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
