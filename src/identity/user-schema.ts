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

/** The groups of a user. */
export const groupsSchema = z
  .array(groupSchema)
  .max(100, 'A user is in at most 100 groups.')
  .transform((groups) => [...new Set(groups)]);

/** Epoch seconds; a time that has passed ends the account at once. */
export const expirySchema = z
  .number('An expiry is a date.')
  .int('An expiry is a date.')
  .min(0, 'An expiry is a date.')
  .max(253_402_300_799, 'The date is too far away.');

/** What `administratorStays` tells, as zod wants it. */
export const administratorRule = {
  error: 'The account of an administrator does not expire: nobody might be left to administer.',
  path: ['expires_at'],
};

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
    expires_at: expirySchema.optional(),
    password: z.string().optional(),
    /** The password is good for one time; then the person chooses another. */
    must_change_password: z.boolean().default(false),
  })
  .refine(usernameIsNobodysEmail, usernameRule)
  .refine(administratorStays, administratorRule);

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
  expires_at: expirySchema.nullable().optional(),
});

export type NewUser = z.input<typeof newUserSchema>;
export type UserChanges = z.input<typeof userChangesSchema>;

/** False for an administrator whose account would end by itself. */
export function administratorStays(user: { administrator: boolean; expires_at?: number | undefined }): boolean {
  return !user.administrator || user.expires_at === undefined;
}

/** False for a user name that could be taken for the e-mail address of somebody else. */
export function usernameIsNobodysEmail({ username, email }: { username: string; email?: string | null }): boolean {
  return !username.includes('@') || (typeof email === 'string' && loginKey(username) === loginKey(email));
}
