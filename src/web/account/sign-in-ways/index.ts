import { localeOf } from '../../../lib/message-format.ts';
import type { SignInWayTexts } from './texts/index.ts';

/** With what somebody signed in (amr, RFC 8176), in words; empty where none of it has a word here. */
export function signInWays(t: SignInWayTexts, amr: readonly string[]): string {
  const words = amr.flatMap((value) => {
    const key = keys.get(value);
    return key === undefined ? [] : [t(key)];
  });
  return new Intl.ListFormat(localeOf(t.language)).format(new Set(words));
}

/** The other values, such as mfa, say nothing that these do not. */
const keys: ReadonlyMap<string, 'password' | 'passkey' | 'code' | 'mail' | 'provider'> = new Map([
  ['pwd', 'password'],
  ['pop', 'passkey'],
  ['otp', 'code'],
  ['email', 'mail'],
  ['fed', 'provider'],
]);
