import type { Context } from '../context.ts';
import { newId } from '../lib/split-token.ts';
import type { Sql } from '../storage/database.ts';
import { StorageError } from '../storage/storage-error.ts';
import type { User } from '../storage/user-row.ts';
import {
  deleteUser,
  disableUserRow,
  enableUserRow,
  findUserById,
  findUserByKey,
  insertUser,
  listUserRows,
  type UserProfile,
  type UserState,
  updateUserProfile,
} from '../storage/users.ts';
import { type Actor, type EventDetail, newEvent } from './audit.ts';
import { lastAdministratorError } from './last-administrator.ts';
import { isLoginKey, loginKey } from './login-name.ts';
import { rpIdOf } from './passkeys/host.ts';
import { hashNewPassword } from './user-authentication/password-policy.ts';
import { UserError } from './user-error.ts';
import {
  administratorRule,
  administratorStays,
  type NewUser,
  newUserSchema,
  type UserChanges,
  userChangesSchema,
  usernameIsNobodysEmail,
  usernameRule,
} from './user-schema.ts';

export type { Address, ClaimValue, User, UserClaims } from '../storage/user-row.ts';
export type { UserState } from '../storage/users.ts';
export { setPassword } from './passwords.ts';
export { UserError } from './user-error.ts';
export { type NewUser, newUserSchema, type UserChanges, userChangesSchema } from './user-schema.ts';

/** The user of this id, disabled or not. */
export async function findUser(context: Context, id: string): Promise<User | undefined> {
  return findUserById(context.database, id);
}

/** The user of this name or e-mail address, however it is written. */
export async function findUserByLogin(context: Context, usernameOrEmail: string): Promise<User | undefined> {
  const key = loginKey(usernameOrEmail);
  if (!isLoginKey(key)) return undefined;
  return (await findUserByKey(context.database, key))?.user;
}

/** Users in the order of their names, at most 500; `after` is the name of the last one of the page before. */
export async function listUsers(
  context: Context,
  {
    search,
    after,
    state,
    limit,
  }: { search?: string | undefined; after?: string | undefined; state?: UserState | undefined; limit: number },
): Promise<User[]> {
  const afterKey = after === undefined ? undefined : loginKey(after);
  if (afterKey !== undefined && !isLoginKey(afterKey)) return [];
  return listUserRows(context.database, {
    limit: Math.max(1, Math.min(limit, 500)),
    now: context.now(),
    state,
    ...(search?.trim() && { search: search.trim().slice(0, 256) }),
    ...(afterKey !== undefined && { after: afterKey }),
  });
}

/** Makes a user. Throws a ZodError for what the schema refuses, a UserError for a taken name or a weak password. */
export async function createUser(context: Context, input: NewUser, actor: Actor): Promise<User> {
  const user = await insertNewUser(context, input, actor, 'user.created');
  if (!user) throw new Error('a user was not inserted although nothing stood against it');
  return user;
}

/** What more there is to a new user than what is known of the person. */
export interface NewUserTerms {
  /** The statement that must change a row, such as the one that takes a link. */
  readonly claim?: Sql;
  /** What is written in one batch with the user. */
  readonly alongside?: readonly Sql[];
  /** What more the audit log says of it. */
  readonly detail?: EventDetail;
  /** Whether an administrator must let the person in first. */
  readonly awaitsApproval?: boolean;
  /** Of a password that was hashed before; instead of `password`. */
  readonly password_hash?: string;
}

/** The same as `createUser`, but only when `claim` changes a row: undefined, and no user, when it does not. */
export async function insertNewUser(
  context: Context,
  input: NewUser,
  actor: Actor,
  action: string,
  terms: NewUserTerms = {},
): Promise<User | undefined> {
  const { claim, alongside = [], awaitsApproval = false } = terms;
  const { password, must_change_password, ...parsed } = newUserSchema.parse(input);
  const now = context.now();
  const id = newId(context);
  const profile = toProfile(parsed, now);
  await refuseTaken(context, id, profile);
  const password_hash =
    password === undefined ? (terms.password_hash ?? null) : await hashNewPassword(context, password, parsed);
  const event = newEvent(context, actor, action, id, {
    username: parsed.username,
    administrator: parsed.administrator,
    ...(awaitsApproval && { awaits_approval: true }),
    ...terms.detail,
  });
  const awaits_approval_since = awaitsApproval ? now : null;
  const password_expired_at = must_change_password && password_hash !== null ? now : null;
  const row = { ...profile, id, password_hash, password_expired_at, awaits_approval_since, created_at: now };
  const inserted = await explain(context, id, profile, () =>
    insertUser(context.database, row, { event, alongside, ...(claim && { claim }) }),
  );
  return inserted ? findUserById(context.database, id) : undefined;
}

/** Changes a user; with another e-mail address every link of the user is dead. Throws a ZodError, or a UserError for a taken name, a missing user, or the last administrator. */
export async function updateUser(context: Context, id: string, input: UserChanges, actor: Actor): Promise<User> {
  const changes = userChangesSchema.parse(input);
  const user = await findUserById(context.database, id);
  if (!user) throw noSuchUser();
  const merged = merge(user, changes);
  if (!usernameIsNobodysEmail(merged)) throw new UserError(usernameRule.error, 'username');
  if (!administratorStays(merged)) throw new UserError(administratorRule.error, 'expires_at');
  const now = context.now();
  const profile = toProfile(merged, now);
  await refuseTaken(context, id, profile);
  const event = newEvent(context, actor, 'user.updated', id, { changed: Object.keys(changes).join(' ') });
  const endLinks = loginKey(user.email ?? '') !== (profile.email_key ?? '');
  const updated = await explain(context, id, profile, () =>
    updateUserProfile(context.database, id, profile, { now, event, endLinks, rp_id: rpIdOf(context) }),
  );
  const after = updated ? await findUserById(context.database, id) : undefined;
  if (!after) throw noSuchUser();
  return after;
}

/** Disables a user: sessions, authorizations and links are dead when this resolves. Throws UserError as `updateUser`. */
export async function disableUser(context: Context, id: string, actor: Actor): Promise<void> {
  await requireUser(context, id);
  const event = newEvent(context, actor, 'user.disabled', id);
  await explain(context, id, undefined, () =>
    disableUserRow(context.database, id, { now: context.now(), event, rp_id: rpIdOf(context) }),
  );
}

/** Lets a disabled user sign in again. Throws a UserError when there is no such user. */
export async function enableUser(context: Context, id: string, actor: Actor): Promise<void> {
  await requireUser(context, id);
  await enableUserRow(context.database, id, newEvent(context, actor, 'user.enabled', id));
}

/** Removes a user and all that is known of the person. Throws UserError as `updateUser`. */
export async function removeUser(context: Context, id: string, actor: Actor): Promise<void> {
  const user = await requireUser(context, id);
  const event = newEvent(context, actor, 'user.removed', id, { username: user.username });
  await explain(context, id, undefined, () =>
    deleteUser(context.database, id, { now: context.now(), event, rp_id: rpIdOf(context) }),
  );
}

async function requireUser(context: Context, id: string): Promise<User> {
  const user = await findUserById(context.database, id);
  if (!user) throw noSuchUser();
  return user;
}

function noSuchUser(): UserError {
  return new UserError('There is no such user.');
}

type Parsed = Omit<ReturnType<typeof newUserSchema.parse>, 'password' | 'must_change_password'>;

function merge(user: User, changes: ReturnType<typeof userChangesSchema.parse>): Parsed {
  const { email = user.email, phone_number = user.phone_number } = changes;
  // A new address or number has not been verified, unless the change says so.
  const keepsEmail = email !== null && email === user.email;
  const keepsPhone = phone_number !== null && phone_number === user.phone_number;
  return {
    username: changes.username ?? user.username,
    ...(email !== null && email !== undefined && { email }),
    email_verified: changes.email_verified ?? (keepsEmail && user.email_verified),
    ...(phone_number !== null && phone_number !== undefined && { phone_number }),
    phone_number_verified: changes.phone_number_verified ?? (keepsPhone && user.phone_number_verified),
    claims: changes.claims ?? user.claims,
    groups: changes.groups ?? [...user.groups],
    administrator: changes.administrator ?? user.administrator,
    expires_at: changes.expires_at === null ? undefined : (changes.expires_at ?? user.expires_at),
  };
}

function toProfile(user: Parsed, now: number): UserProfile {
  const { username, email, phone_number } = user;
  return {
    username,
    username_key: loginKey(username),
    email: email ?? null,
    email_key: email === undefined ? null : loginKey(email),
    email_verified_at: email !== undefined && user.email_verified ? now : null,
    phone_number: phone_number ?? null,
    phone_number_verified_at: phone_number !== undefined && user.phone_number_verified ? now : null,
    claims: user.claims,
    groups: user.groups,
    administrator_since: user.administrator ? now : null,
    expires_at: user.expires_at ?? null,
  };
}

async function refuseTaken(context: Context, id: string, { username_key, email_key }: UserProfile): Promise<void> {
  const byName = await findUserByKey(context.database, username_key);
  if (byName && byName.user.id !== id)
    throw new UserError('This user name is taken.', 'username', { code: 'usernameTaken' });
  const byEmail = email_key === null ? undefined : await findUserByKey(context.database, email_key);
  if (byEmail && byEmail.user.id !== id)
    throw new UserError('Another user has this e-mail address.', 'email', { code: 'emailTaken' });
}

/** Runs a write, and says in a sentence which of our constraints stood against it. */
async function explain<Result>(
  context: Context,
  id: string,
  profile: UserProfile | undefined,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof StorageError && error.reason === 'constraint')) throw error;
    if (profile) await refuseTaken(context, id, profile);
    throw (await lastAdministratorError(context, id)) ?? error;
  }
}
