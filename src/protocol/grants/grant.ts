import type * as z from 'zod';
import type { Context } from '../../context.ts';
import { invalidRequest } from '../../lib/errors.ts';
import type { ParsedParameters } from '../../lib/parameters.ts';
import type { Client } from '../client-metadata.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import type { TokenResponse } from '../tokens/issue-tokens.ts';

/** One grant type of the token endpoint. */
export interface Grant {
  /** Its grant_type value. */
  readonly name: string;
  /** Whether clients ask by it before a person has allowed them, also strangers. */
  readonly isForStrangers?: boolean;
  /** Gives tokens, bound to what the sender proved to hold, or throws the errors of RFC 6749 §5.2. */
  issue(
    context: Context,
    client: Client,
    parameters: ParsedParameters['parameters'],
    binding: Binding | undefined,
  ): Promise<TokenResponse>;
}

/** A grant whose parameters have a schema, so that it never sees an unparsed one. Throws `invalid_request` for it. */
export function defineGrant<Schema extends z.ZodType>({
  parameters: schema,
  issue,
  ...grant
}: {
  readonly name: string;
  readonly isForStrangers?: boolean;
  readonly parameters: Schema;
  readonly issue: (
    context: Context,
    client: Client,
    parameters: z.output<Schema>,
    binding: Binding | undefined,
  ) => Promise<TokenResponse>;
}): Grant {
  return {
    ...grant,
    issue(context, client, parameters, binding) {
      const parsed = schema.safeParse({ ...parameters });
      if (!parsed.success) {
        const [problem] = parsed.error.issues;
        throw invalidRequest(`${String(problem?.path[0] ?? 'a parameter')} is missing or malformed`);
      }
      return issue(context, client, parsed.data, binding);
    },
  };
}
