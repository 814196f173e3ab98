import { type Sql, sql } from './database.ts';

/** What a claim may hold: any JSON. */
export type ClaimValue =
  | string
  | number
  | boolean
  | null
  | readonly ClaimValue[]
  | { readonly [member: string]: ClaimValue | undefined };

/** The address claim (OpenID Connect Core §5.1.1). */
export type Address = {
  readonly formatted?: string;
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
};

/** The claims about a person that have no column of their own: the standard ones by name, then custom ones. */
export interface UserClaims {
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly middle_name?: string;
  readonly nickname?: string;
  readonly profile?: string;
  readonly picture?: string;
  readonly website?: string;
  readonly gender?: string;
  readonly birthdate?: string;
  readonly zoneinfo?: string;
  readonly locale?: string;
  readonly address?: Address;
  readonly [claim: string]: ClaimValue | undefined;
}

/** A person who can sign in. The id is what clients know as sub, and is never used again for another person. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
  readonly email_verified: boolean;
  /** Nobody but the person says that the address is theirs: it was neither proven nor given by an administrator. */
  readonly claimsEmail: boolean;
  readonly phone_number?: string;
  readonly phone_number_verified: boolean;
  readonly claims: UserClaims;
  /** In alphabetical order. */
  readonly groups: readonly string[];
  readonly hasPassword: boolean;
  readonly administrator: boolean;
  readonly disabled: boolean;
  /** The password must be changed at the next sign-in. */
  readonly mustChangePassword: boolean;
  /** From then on nobody signs in with this account, in epoch seconds. */
  readonly expires_at?: number;
  /** Registered here, and not let in yet by an administrator. */
  readonly awaitsApproval: boolean;
  readonly created_at: number;
  readonly updated_at: number;
}

/** The columns that `toUser` reads, for statements that join the users. */
export const userColumns = sql`
  users.id AS user_id, users.username, users.email, users.email_verified_at, users.email_claimed_at,
  users.phone_number, users.phone_number_verified_at, users.claims, users.password_hash, users.password_changed_at,
  users.administrator_since, users.disabled_at, users.password_expired_at, users.expires_at AS user_expires_at,
  users.awaits_approval_since,
  users.created_at AS user_created_at, users.updated_at AS user_updated_at,
  (SELECT string_agg(group_name, '\n') FROM user_groups WHERE user_groups.user_id = users.id) AS group_names`;

/**
 * The condition under which an account can be used: the same as `isOpen` in identity, for statements that must know it in
 * the same instant. `users` is the table, or its alias.
 */
export function openAccount(users: Sql, now: number): Sql {
  return sql`(${users}.disabled_at IS NULL AND ${users}.awaits_approval_since IS NULL
              AND (${users}.expires_at IS NULL OR ${users}.expires_at > ${now}))`;
}

/** A row of `userColumns`. */
export interface UserRow {
  readonly user_id: string;
  readonly username: string;
  readonly email: string | null;
  readonly email_verified_at: number | null;
  readonly email_claimed_at: number | null;
  readonly phone_number: string | null;
  readonly phone_number_verified_at: number | null;
  readonly claims: string;
  readonly password_hash: string | null;
  readonly password_changed_at: number | null;
  readonly administrator_since: number | null;
  readonly disabled_at: number | null;
  readonly password_expired_at: number | null;
  readonly user_expires_at: number | null;
  readonly awaits_approval_since: number | null;
  readonly user_created_at: number;
  readonly user_updated_at: number;
  readonly group_names: string | null;
}

/** The user of a row, JSON parsed. */
export function toUser(row: UserRow): User {
  return {
    id: row.user_id,
    username: row.username,
    ...(row.email !== null && { email: row.email }),
    email_verified: row.email_verified_at !== null,
    claimsEmail: row.email_claimed_at !== null,
    ...(row.phone_number !== null && { phone_number: row.phone_number }),
    phone_number_verified: row.phone_number_verified_at !== null,
    claims: JSON.parse(row.claims),
    groups: row.group_names === null ? [] : row.group_names.split('\n').sort(),
    hasPassword: row.password_hash !== null,
    administrator: row.administrator_since !== null,
    disabled: row.disabled_at !== null,
    mustChangePassword: row.password_expired_at !== null,
    ...(row.user_expires_at !== null && { expires_at: row.user_expires_at }),
    awaitsApproval: row.awaits_approval_since !== null,
    created_at: row.user_created_at,
    updated_at: row.user_updated_at,
  };
}
