import { z } from 'zod';
import { emailSchema, loginKey, usernameSchema } from './login-name.ts';
import { userClaimsSchema } from './user-claims.ts';

const phoneSchema = z
  .string()
  .trim()
  .regex(
    /^\+[0-9](?:[ ().-]?[0-9()]){3,24}(?:;ext=[0-9]{1,10})?$/,
    'A phone number begins with + and the country, such as +1 425 555 1212.',
  );

const groupSchema = z
  .string()
  .trim()
  .min(1, 'A group has a name.')
  .max(128, 'The name of a group has at most 128 characters.')
  .transform((text) => text.normalize('NFC'))
  .refine(
    (text) => text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text),
    'The name of a group may not contain control characters.',
  );

const groupsSchema = z
  .array(groupSchema)
  .max(100, 'A user is in at most 100 groups.')
  .transform((groups) => [...new Set(groups)]);

/** What `usernameIsNobodysEmail` tells, as zod wants it. */
export const usernameRule = {
  error: 'A user name may contain @ only when it is the e-mail address of this user.',
  path: ['username'],
};

/** Everything there is to say about a new user; unknown members are refused. Console and command line share it. */
export const newUserSchema = z
  .strictObject({
    username: usernameSchema,
    email: emailSchema.optional(),
    email_verified: z.boolean().default(false),
    phone_number: phoneSchema.optional(),
    phone_number_verified: z.boolean().default(false),
    claims: userClaimsSchema.default({}),
    groups: groupsSchema.default([]),
    administrator: z.boolean().default(false),
    password: z.string().optional(),
  })
  .refine(usernameIsNobodysEmail, usernameRule);

/** What can be changed of a user: what is left out stays, null takes away; `claims` and `groups` replace what there was. */
export const userChangesSchema = z.strictObject({
  username: usernameSchema.optional(),
  email: emailSchema.nullable().optional(),
  email_verified: z.boolean().optional(),
  phone_number: phoneSchema.nullable().optional(),
  phone_number_verified: z.boolean().optional(),
  claims: userClaimsSchema.optional(),
  groups: groupsSchema.optional(),
  administrator: z.boolean().optional(),
});

export type NewUser = z.input<typeof newUserSchema>;
export type UserChanges = z.input<typeof userChangesSchema>;

/** False for a user name that could be taken for the e-mail address of somebody else. */
export function usernameIsNobodysEmail({ username, email }: { username: string; email?: string | null }): boolean {
  return !username.includes('@') || (typeof email === 'string' && loginKey(username) === loginKey(email));
}
