import { z } from 'zod';

/**
 * The form under which a user name or e-mail address is unique and looked up: NFKC, lower case, no blanks around it.
 * Idempotent, so that whatever was typed is normalised once and then compared.
 */
export function loginKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

/** Whether a normalised name or address can be looked up at all. */
export function isLoginKey(key: string): boolean {
  return key !== '' && key.length <= 256 && !key.includes('\0') && key.isWellFormed();
}

/** A user name of 1 to 64 letters, digits, marks and signs, normalised (NFKC); look-alikes and invisibles are refused. */
export const usernameSchema = z
  .string({ error: 'A user name is needed.' })
  .max(256, 'A user name has at most 64 characters.')
  .transform((text) => text.normalize('NFKC').trim())
  .refine((text) => text.length > 0, 'A user name is needed.')
  .refine((text) => [...text].length <= 64 && loginKey(text).length <= 256, 'A user name has at most 64 characters.')
  .refine((text) => visible.test(text) && !invisible.test(text), {
    error: 'A user name is made of letters, digits and signs, without blanks or invisible characters.',
    abort: true,
  })
  .refine((text) => !mixesAlphabets(text), 'A user name does not mix letters of look-alike alphabets.');

/** One e-mail address, read by one strict rule (the one browsers use): no display name, quotes, comments or lists. */
export const emailSchema = z
  .string({ error: 'An e-mail address is needed.' })
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .refine(isEmail, 'This is not an e-mail address such as anna@example.com.');

const visible = /^[\p{L}\p{N}\p{P}\p{S}][\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u;

function isEmail(text: string): boolean {
  if (!z.regexes.html5Email.test(text)) return false;
  const local = text.slice(0, text.lastIndexOf('@'));
  return local.length <= 64 && !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

/** Latin, Greek and Cyrillic have letters that cannot be told apart by eye. */
function mixesAlphabets(text: string): boolean {
  const alphabets = [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u];
  return alphabets.filter((alphabet) => alphabet.test(text)).length > 1;
}
