import type { Context } from '../../context.ts';
import { UserError } from '../user-error.ts';
import { commonPasswords } from './common-passwords.ts';

const fewestCharacters = 8;
const mostCharacters = 256;
const mostBytes = 1024;

/**
 * The one form in which a password is hashed and verified (NFKC, as NIST SP 800-63B asks), so that every keyboard makes
 * the same bytes; undefined for what no password can be: empty, over 1024 bytes, or with control characters.
 */
export function normalisePassword(password: string): string | undefined {
  if (password === '' || password.length > mostBytes || !password.isWellFormed()) return undefined;
  const normalised = password.normalize('NFKC');
  if (Buffer.byteLength(normalised) > mostBytes || /\p{Cc}/u.test(normalised)) return undefined;
  return normalised;
}

/** Why this cannot become a password, as a sentence; undefined when it can. Length counts, mixtures do not. */
export function passwordProblem(
  password: string,
  { username, email }: { username: string; email?: string | undefined },
): string | undefined {
  const characters = [...password.normalize('NFKC')].length;
  if (characters < fewestCharacters) return `Choose a password of at least ${fewestCharacters} characters.`;
  if (characters > mostCharacters) return `Choose a password of at most ${mostCharacters} characters.`;
  const normalised = normalisePassword(password);
  if (normalised === undefined) return 'Choose a password without control characters.';
  const lower = normalised.toLowerCase();
  const names = [username, email, email?.slice(0, email.indexOf('@'))].map((name) =>
    name?.normalize('NFKC').toLowerCase(),
  );
  if (names.includes(lower)) return 'Choose a password that is not the user name or e-mail address.';
  if (new Set(lower).size < 3 || commonPasswords.has(lower))
    return 'This password is among the first that are guessed. Choose another.';
  return undefined;
}

/** The hash of a password that the policy lets through. Throws a UserError with the reason otherwise. */
export async function hashNewPassword(
  context: Context,
  password: string,
  user: { username: string; email?: string | undefined },
): Promise<string> {
  const problem = passwordProblem(password, user);
  const normalised = normalisePassword(password);
  if (problem !== undefined || normalised === undefined)
    throw new UserError(problem ?? 'Choose another password.', 'password');
  return context.passwordHasher.hash(normalised);
}
