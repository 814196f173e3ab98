import { z } from 'zod';
import { emailSchema, usernameSchema } from './login-name.ts';
import { userClaimsSchema } from './user-claims.ts';
import { expirySchema, groupsSchema, usernameIsNobodysEmail, usernameRule } from './user-schema.ts';

/** Everything there is to say about an invitation. What is known of a person is for one person. */
export const newInvitationSchema = z
  .strictObject({
    email: emailSchema.optional(),
    name: z
      .string()
      .trim()
      .refine((name) => userClaimsSchema.safeParse({ name }).success, 'A name has at most 256 characters, in one line.')
      .optional(),
    username: usernameSchema.optional(),
    groups: groupsSchema.default([]),
    uses: wholeNumber(1000, 'people').default(1),
    days: wholeNumber(365, 'days').default(7),
    account_expires_at: expirySchema.optional(),
  })
  .refine((known) => known.uses === 1 || (known.email ?? known.name ?? known.username) === undefined, {
    error: 'An e-mail address, name or user name is that of one person.',
    path: ['uses'],
  })
  .refine(({ username, email }) => username === undefined || usernameIsNobodysEmail({ username, email }), usernameRule);

export type NewInvitation = z.output<typeof newInvitationSchema>;

function wholeNumber(most: number, what: string) {
  return z
    .number({ error: `This is a number of ${what}.` })
    .int(`This is a whole number of ${what}.`)
    .min(1, `At least 1.`)
    .max(most, `At most ${most}.`);
}
