import * as z from 'zod';
import { UserError } from '../../identity/users.ts';

/** What is wrong with the fields of a form, one sentence each, by the member that the sentence is about. */
export type FormProblems = Readonly<Record<string, string>>;

/** The problems that an error tells of; undefined for an error that does not speak of what was entered. */
export function problemsOf(error: unknown): FormProblems | undefined {
  if (error instanceof UserError) return { [error.member ?? '']: error.message };
  if (!(error instanceof z.ZodError)) return undefined;
  const problems: Record<string, string> = {};
  // The last part of the path names the field: `name` for the claim `claims.name`. The first sentence is enough.
  for (const { path, message } of error.issues) problems[String(path.at(-1) ?? '')] ??= message;
  return problems;
}
