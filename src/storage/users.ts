import { type AuditEvent, auditEventInsert } from './audit-events.ts';
import { type Database, empty, type Sql, sql } from './database.ts';
import { type EmailColumns, giveEmailAddress } from './email-addresses.ts';
import { refuseToLoseAdministrator } from './last-administrator.ts';
import { consumeAllLinksOf, consumeLinksOf } from './links.ts';
import { logoutDeliveriesInsert } from './logout-deliveries.ts';
import { deleteTracesOf } from './personal-data.ts';
import { deleteTrustedDevicesOf } from './trusted-devices.ts';
import { insertUserGroups, replaceUserGroups } from './user-groups.ts';
import { toUser, type User, type UserClaims, type UserRow, userColumns } from './user-row.ts';

/** The columns of a user that the person or an administrator can change, as they stand in the row. */
export interface UserProfile extends EmailColumns {
  readonly username: string;
  readonly username_key: string;
  readonly phone_number: string | null;
  readonly phone_number_verified_at: number | null;
  readonly claims: UserClaims;
  readonly groups: readonly string[];
  readonly administrator_since: number | null;
  /** From then on nobody signs in with the account. */
  readonly expires_at: number | null;
}

/** What a new row needs. */
export interface NewUserRow extends UserProfile {
  readonly id: string;
  readonly password_hash: string | null;
  /** Set for a password that must be changed at the first sign-in. */
  readonly password_expired_at: number | null;
  /** Set for somebody whom an administrator has yet to let in. */
  readonly awaits_approval_since: number | null;
  readonly created_at: number;
}

/** The user of this id. */
export async function findUserById(database: Database, id: string): Promise<User | undefined> {
  const row = await database.get<UserRow>(sql`SELECT ${userColumns} FROM users WHERE users.id = ${id}`);
  return row && toUser(row);
}

/** A user with what verifies the password. */
export interface UserWithPassword {
  readonly user: User;
  readonly password_hash: string | undefined;
  readonly password_changed_at: number | undefined;
}

/** The user whose name or e-mail address has this normalised form. */
export async function findUserByKey(database: Database, key: string): Promise<UserWithPassword | undefined> {
  const row = await database.get<UserRow>(
    sql`SELECT ${userColumns} FROM users WHERE users.username_key = ${key} OR users.email_key = ${key} LIMIT 1`,
  );
  if (!row) return undefined;
  const { password_hash, password_changed_at } = row;
  return {
    user: toUser(row),
    password_hash: password_hash ?? undefined,
    password_changed_at: password_changed_at ?? undefined,
  };
}

/** How an account may stand, other than as usual. */
export type UserState = 'waiting' | 'disabled' | 'expired';

/** Users in the order of their names, from after `after` (a normalised name); `search` looks in every field. */
export async function listUserRows(
  database: Database,
  {
    search,
    after,
    state,
    now,
    limit,
  }: { search?: string; after?: string; state?: UserState | undefined; now: number; limit: number },
): Promise<User[]> {
  const pattern = search === undefined ? '' : `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const matches = sql`AND (users.username_key LIKE ${pattern} ESCAPE '!' OR users.email_key LIKE ${pattern} ESCAPE '!'
                           OR lower(users.claims) LIKE ${pattern} ESCAPE '!' OR users.id = ${search ?? ''})`;
  const rows = await database.all<UserRow>(sql`
    SELECT ${userColumns} FROM users
     WHERE users.username_key > ${after ?? ''} ${search === undefined ? empty : matches}
           ${state === undefined ? empty : sql`AND ${standsSo(state, now)}`}
     ORDER BY users.username_key LIMIT ${limit}`);
  return rows.map(toUser);
}

/** How many users there are. */
export async function countUsers(database: Database): Promise<number> {
  return (await database.get<{ count: number }>(sql`SELECT COUNT(*) AS count FROM users`))?.count ?? 0;
}

/**
 * Inserts a user with the groups, the event and what else belongs `alongside`, all or nothing. With `claim`, only when
 * that statement changes a row: of any number of callers with the same one-time link, exactly one gets true. An
 * address comes to the user as `giveEmailAddress` says. Rejects when a name is taken.
 */
export async function insertUser(
  database: Database,
  user: NewUserRow,
  {
    event,
    lost,
    claim,
    alongside = [],
  }: { event: AuditEvent; lost: AuditEvent; claim?: Sql; alongside?: readonly Sql[] },
): Promise<boolean> {
  const statements: [Sql, ...Sql[]] = [
    sql`
    INSERT INTO users (id, username, username_key, phone_number, phone_number_verified_at, claims, password_hash,
                       password_changed_at, password_expired_at, administrator_since, expires_at,
                       awaits_approval_since, created_at, updated_at)
    VALUES (${user.id}, ${user.username}, ${user.username_key}, ${user.phone_number}, ${user.phone_number_verified_at},
            ${JSON.stringify(user.claims)}, ${user.password_hash}, ${user.password_hash && user.created_at},
            ${user.password_expired_at}, ${user.administrator_since}, ${user.expires_at}, ${user.awaits_approval_since},
            ${user.created_at}, ${user.created_at})`,
    ...giveEmailAddress(user.id, user, lost),
    ...insertUserGroups(user.id, user.groups),
    ...(user.administrator_since === null ? [] : completeSetup(user.created_at)),
    auditEventInsert(event),
    ...alongside,
  ];
  return database.batch(claim ? [claim, ...statements] : statements);
}

/**
 * Changes a user's profile, all or nothing, and the address as `giveEmailAddress` says; with `endLinks` every link of the
 * user is dead. Groups that are left out stay. False, with nothing written, when the user is not as it was `before`.
 * Rejects when a name is taken, and when afterwards nobody could administer.
 */
export async function updateUserProfile(
  database: Database,
  before: User,
  profile: Omit<UserProfile, 'groups'> & { readonly groups?: readonly string[] | undefined },
  {
    now,
    event,
    lost,
    endLinks,
    rp_id,
  }: { now: number; event: AuditEvent; lost: AuditEvent; endLinks: boolean; rp_id: string },
): Promise<boolean> {
  const { id } = before;
  return database.batch([
    sql`UPDATE users SET updated_at = ${now} WHERE ${unchanged(before)}`,
    ...(profile.administrator_since === null ? refuseToLoseAdministrator(id, { rp_id, now }) : []),
    sql`
    UPDATE users SET username = ${profile.username}, username_key = ${profile.username_key},
                     phone_number = ${profile.phone_number},
                     phone_number_verified_at = ${since(sql`phone_number_verified_at`, profile.phone_number_verified_at)},
                     claims = ${JSON.stringify(profile.claims)},
                     administrator_since = ${since(sql`administrator_since`, profile.administrator_since)},
                     expires_at = ${profile.expires_at},
                     updated_at = ${now}
     WHERE id = ${id}`,
    ...giveEmailAddress(id, profile, lost),
    ...(endLinks ? [consumeAllLinksOf(id, now)] : []),
    ...(profile.groups === undefined ? [] : replaceUserGroups(id, profile.groups)),
    ...(profile.administrator_since === null ? [] : completeSetup(now)),
    auditEventInsert(event),
  ]);
}

/**
 * Sets a password, ends every session but `keptSession`, and revokes what was bound to them; without a kept session
 * also what outlives sessions, for then the account may have been in other hands. Recovery links and trusted devices die. All or nothing;
 * with `claim`, only when that statement changes a row.
 */
export async function updatePassword(
  database: Database,
  id: string,
  password_hash: string,
  {
    now,
    event,
    keptSession,
    claim,
    isTemporary = false,
  }: { now: number; event: AuditEvent; keptSession?: string; claim?: Sql; isTemporary?: boolean },
): Promise<boolean> {
  const kept = keptSession ?? '';
  const statements: [Sql, ...Sql[]] = [
    // Always a later time than before, so that a sign-in under way tells two passwords of one second apart.
    sql`UPDATE users SET password_hash = ${password_hash},
                         password_changed_at = CASE WHEN password_changed_at >= ${now} THEN password_changed_at + 1
                                                    ELSE ${now} END,
                         password_expired_at = ${isTemporary ? now : null}
         WHERE id = ${id}`,
    logoutDeliveriesInsert(sql`sessions.user_id = ${id} AND sessions.id <> ${kept}`, now),
    sql`DELETE FROM sessions WHERE user_id = ${id} AND id <> ${kept}`,
    sql`UPDATE authorizations SET revoked_at = ${now}
         WHERE user_id = ${id} AND revoked_at IS NULL AND session_id <> ${kept}
               ${keptSession === undefined ? empty : sql`AND offline_at IS NULL`}`,
    consumeLinksOf(id, now),
    deleteTrustedDevicesOf(id),
    auditEventInsert(event),
  ];
  return database.batch(claim ? [claim, ...statements] : statements);
}

/** Takes an expired password, for the head of a batch that sets another: exactly one caller changes a row. */
export function claimExpiredPassword(id: string, password_changed_at: number | undefined): Sql {
  const same = password_changed_at === undefined ? empty : sql`AND password_changed_at = ${password_changed_at}`;
  return sql`UPDATE users SET password_expired_at = NULL
              WHERE id = ${id} AND password_expired_at IS NOT NULL ${same}`;
}

/** Puts a stronger hash of the same password in place of the one it was verified against. */
export async function upgradePasswordHash(
  database: Database,
  id: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await database.run(sql`UPDATE users SET password_hash = ${to} WHERE id = ${id} AND password_hash = ${from}`);
}

/**
 * Disables a user and kills every session, authorization and link at once; false when already disabled or gone.
 * Rejects when afterwards nobody could administer.
 */
export async function disableUserRow(
  database: Database,
  id: string,
  { now, event, rp_id }: { now: number; event: AuditEvent; rp_id: string },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE users SET updated_at = updated_at WHERE id = ${id} AND disabled_at IS NULL`,
    ...refuseToLoseAdministrator(id, { rp_id, now }),
    sql`UPDATE users SET disabled_at = ${now} WHERE id = ${id} AND disabled_at IS NULL`,
    logoutDeliveriesInsert(sql`sessions.user_id = ${id}`, now),
    sql`DELETE FROM sessions WHERE user_id = ${id}`,
    sql`UPDATE authorizations SET revoked_at = ${now} WHERE user_id = ${id} AND revoked_at IS NULL`,
    consumeLinksOf(id, now),
    deleteTrustedDevicesOf(id),
    auditEventInsert(event),
  ]);
}

/** Lets a disabled user sign in again; false when there is nothing to change. */
export async function enableUserRow(database: Database, id: string, event: AuditEvent): Promise<boolean> {
  return database.batch([
    sql`UPDATE users SET disabled_at = NULL WHERE id = ${id} AND disabled_at IS NOT NULL`,
    auditEventInsert(event),
  ]);
}

/**
 * Deletes a user with everything that hangs from the row, and what else names the person; false when it is gone already. Rejects when afterwards
 * nobody could administer.
 */
export async function deleteUser(
  database: Database,
  id: string,
  { now, event, rp_id }: { now: number; event: AuditEvent; rp_id: string },
): Promise<boolean> {
  return database.batch([
    sql`UPDATE users SET updated_at = ${now} WHERE id = ${id}`,
    ...refuseToLoseAdministrator(id, { rp_id, now }),
    logoutDeliveriesInsert(sql`sessions.user_id = ${id}`, now),
    ...deleteTracesOf(id),
    sql`DELETE FROM users WHERE id = ${id}`,
    auditEventInsert(event),
  ]);
}

function standsSo(state: UserState, now: number): Sql {
  if (state === 'waiting') return sql`users.awaits_approval_since IS NOT NULL`;
  return state === 'disabled' ? sql`users.disabled_at IS NOT NULL` : sql`users.expires_at <= ${now}`;
}

/** Whether the row still holds what this user was read from, as far as an administrator may change it. */
function unchanged(user: User): Sql {
  return sql`
    id = ${user.id} AND username = ${user.username} AND claims = ${JSON.stringify(user.claims)}
     AND email IS NOT DISTINCT FROM ${user.email ?? null} AND phone_number IS NOT DISTINCT FROM ${user.phone_number ?? null}
     AND expires_at IS NOT DISTINCT FROM ${user.expires_at ?? null}
     AND ${isSet(sql`administrator_since`, user.administrator)} AND ${isSet(sql`email_verified_at`, user.email_verified)}
     AND ${isSet(sql`email_claimed_at`, user.claimsEmail)}
     AND ${isSet(sql`phone_number_verified_at`, user.phone_number_verified)}`;
}

function isSet(column: Sql, flag: boolean): Sql {
  return flag ? sql`${column} IS NOT NULL` : sql`${column} IS NULL`;
}

/** A flag that is a time: one that is set already keeps its time. */
function since(column: Sql, time: number | null): Sql {
  return time === null ? sql`NULL` : sql`COALESCE(${column}, ${time})`;
}

/** Remembers that an administrator exists, so that the first-run links die and setup never opens again by itself. */
function completeSetup(now: number): Sql[] {
  return [
    sql`UPDATE links SET consumed_at = ${now}
         WHERE purpose = 'setup' AND consumed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM instance WHERE name = 'setup_completed_at')`,
    sql`INSERT INTO instance (name, value) VALUES ('setup_completed_at', ${String(now)}) ON CONFLICT (name) DO NOTHING`,
  ];
}
