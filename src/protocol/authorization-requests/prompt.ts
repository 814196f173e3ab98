import { invalidRequest } from '../../lib/errors.ts';

/** The values of the prompt parameter that are served. */
export const prompts = ['none', 'login', 'consent', 'select_account', 'create'] as const;

/** A value of the prompt parameter (OpenID Connect Core §3.1.2.1, Initiating User Registration 1.0). */
export type Prompt = (typeof prompts)[number];

/** The prompt parameter as a set. Throws `invalid_request` on an unknown value, and on `none` beside another. */
export function parsePrompt(prompt: string | undefined): ReadonlySet<Prompt> {
  const values = new Set<Prompt>();
  for (const value of (prompt ?? '').split(' ').filter((part) => part !== '')) {
    const known = prompts.find((candidate) => candidate === value);
    if (!known) throw invalidRequest('prompt has an unknown value');
    values.add(known);
  }
  if (values.has('none') && values.size > 1) throw invalidRequest('prompt none stands alone');
  return values;
}
