import type { Purpose } from '../purpose.ts';

export const signUpPath = '/sign-up';
export const codePath = '/sign-up/code';
export const linkPath = '/sign-up/link';
export const waitingPath = '/sign-up/waiting';

/** An address with the continuation of this sign-in. */
export function withContinuation(path: string, { sealed }: Pick<Purpose, 'sealed'>): string {
  return sealed === undefined ? path : `${path}?continuation=${sealed}`;
}
