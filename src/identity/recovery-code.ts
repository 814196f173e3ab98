import type { Context } from '../context.ts';

/** Crockford's base32: what could be read as something else is left out, and read as it. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const codeCharacters = 10;
const codesInSet = 10;

/** A new set of ten codes of 50 random bits each, as people write them: `4t9xk-7cm2p`. */
export function newRecoveryCodes(context: Context): string[] {
  return Array.from({ length: codesInSet }, () => {
    const code = [...context.randomBytes(codeCharacters)].map((byte) => alphabet[byte % alphabet.length]).join('');
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  });
}

/** The code in what somebody typed, however it is spaced and whatever was misread; undefined when there is none. */
export function recoveryCodeIn(presented: string): string | undefined {
  if (presented.length > 100) return undefined;
  const code = presented.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return code.length === codeCharacters && [...code].every((character) => alphabet.includes(character))
    ? code
    : undefined;
}

/** The form in which a code is stored: without the secret key, nobody finds it by trying them all. */
export function recoveryCodeHash(context: Context, user_id: string, code: string): string {
  const plain = recoveryCodeIn(code) ?? code;
  return context.secretKey.derive('recovery-code', `${user_id} ${plain}`).toString('base64url');
}
