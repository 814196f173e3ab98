import type { Context } from '../../context.ts';
import { UserError } from '../user-error.ts';

export const fewestCharacters = 8;
const mostCharacters = 256;
const mostBytes = 1024;

/** What a password must at least be estimated at, of 4: it takes a thief of the hashes years. */
const fewestPoints = 3;

/** What a guesser knows of somebody. */
export interface PasswordOwner {
  readonly username: string;
  readonly email?: string | undefined;
}

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

/** How far a password has got: how hard it is to guess (0 to 4), and why it cannot be taken, if so. */
export interface PasswordVerdict {
  readonly score: number;
  readonly problem: UserError | undefined;
}

/**
 * What there is to say of a password that somebody wants. Length and strength count, mixtures do not; the strength knows
 * the 49,000 most common passwords, names, words, keyboards and dates. Throws temporarily_unavailable as the estimate does.
 */
export async function judgePassword(
  context: Context,
  password: string,
  owner: PasswordOwner,
): Promise<PasswordVerdict> {
  const problem = formProblem(password, owner);
  if (problem) return { score: 0, problem };
  const names = [owner.username, ...(owner.email?.split(/[@.]/) ?? []), 'castellan'];
  const score = await context.passwordStrength.estimate(password.normalize('NFKC'), names);
  if (score >= fewestPoints) return { score, problem: undefined };
  const isFirst = score === 0;
  return {
    score,
    problem: isFirst
      ? refused('This password is among the first that are guessed. Choose another.', 'passwordCommon')
      : refused('This password is easy to guess. Make it longer, for example with another word.', 'passwordWeak'),
  };
}

/** The hash of a password that the policy lets through. Throws a UserError with the reason otherwise. */
export async function hashNewPassword(context: Context, password: string, owner: PasswordOwner): Promise<string> {
  const { problem } = await judgePassword(context, password, owner);
  if (problem) throw problem;
  return context.passwordHasher.hash(password.normalize('NFKC'));
}

function formProblem(password: string, { username, email }: PasswordOwner): UserError | undefined {
  const characters = [...password.normalize('NFKC')].length;
  if (characters < fewestCharacters)
    return refused(`Choose a password of at least ${fewestCharacters} characters.`, 'passwordShort', fewestCharacters);
  if (characters > mostCharacters)
    return refused(`Choose a password of at most ${mostCharacters} characters.`, 'passwordLong', mostCharacters);
  const normalised = normalisePassword(password);
  if (normalised === undefined) return refused('Choose a password without control characters.', 'passwordCharacters');
  const names = [username, email, email?.slice(0, email.indexOf('@'))].map((name) =>
    name?.normalize('NFKC').toLowerCase(),
  );
  if (names.includes(normalised.toLowerCase()))
    return refused('Choose a password that is not the user name or e-mail address.', 'passwordIsName');
  return undefined;
}

function refused(message: string, code: string, characters?: number): UserError {
  return new UserError(message, 'password', { code, values: characters === undefined ? {} : { characters } });
}
