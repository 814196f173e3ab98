import * as z from 'zod';
import { oneLine } from '../../lib/one-line.ts';
import type { UpstreamClaims } from './kind.ts';

const line = z
  .string()
  .transform((text) => oneLine(text) || undefined)
  .optional()
  .catch(undefined);

const schema = z.object({
  name: line,
  given_name: line,
  family_name: line,
  preferred_username: line,
  email: line,
});

/** The claims of a provider about a person, as far as they have the form that they should have. */
export function upstreamClaims(claims: Readonly<Record<string, unknown>>): UpstreamClaims {
  const { name, given_name, family_name, preferred_username, email } = schema.parse(claims);
  return {
    name,
    given_name,
    family_name,
    preferred_username,
    email,
    // Some providers send it as text.
    email_verified: claims.email_verified === true || claims.email_verified === 'true',
  };
}
