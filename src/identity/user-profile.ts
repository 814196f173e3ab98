import type { User } from '../storage/user-row.ts';
import type { UserProfile } from '../storage/users.ts';
import { loginKey } from './login-name.ts';
import type { newUserSchema, userChangesSchema } from './user-schema.ts';

/** The columns of a user without an e-mail address. */
export const noEmail = { email: null, email_key: null, email_verified_at: null, email_claimed_at: null };

/** A user as the schema has read it. */
export type ParsedUser = Omit<ReturnType<typeof newUserSchema.parse>, 'password' | 'must_change_password'> & {
  readonly claimsEmail: boolean;
};

/** What a user comes to with these changes. A new address or number has not been verified, unless the change says so. */
export function changedUser(user: User, changes: ReturnType<typeof userChangesSchema.parse>): ParsedUser {
  const { email = user.email, phone_number = user.phone_number } = changes;
  const keepsEmail = email !== null && email === user.email;
  const keepsPhone = phone_number !== null && phone_number === user.phone_number;
  return {
    username: changes.username ?? user.username,
    ...(email !== null && email !== undefined && { email }),
    email_verified: changes.email_verified ?? (keepsEmail && user.email_verified),
    claimsEmail: keepsEmail && user.claimsEmail,
    ...(phone_number !== null && phone_number !== undefined && { phone_number }),
    phone_number_verified: changes.phone_number_verified ?? (keepsPhone && user.phone_number_verified),
    claims: changes.claims ?? user.claims,
    groups: changes.groups ?? [...user.groups],
    administrator: changes.administrator ?? user.administrator,
    expires_at: changes.expires_at === null ? undefined : (changes.expires_at ?? user.expires_at),
  };
}

/** The columns of a user. */
export function toProfile(user: ParsedUser, now: number): UserProfile {
  const { username, email, phone_number } = user;
  return {
    username,
    username_key: loginKey(username),
    email: email ?? null,
    email_key: email === undefined ? null : loginKey(email),
    email_verified_at: email !== undefined && user.email_verified ? now : null,
    email_claimed_at: email !== undefined && user.claimsEmail && !user.email_verified ? now : null,
    phone_number: phone_number ?? null,
    phone_number_verified_at: phone_number !== undefined && user.phone_number_verified ? now : null,
    claims: user.claims,
    groups: user.groups,
    administrator_since: user.administrator ? now : null,
    expires_at: user.expires_at ?? null,
  };
}
