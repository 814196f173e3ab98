import type { Context } from '../context.ts';
import { serverError } from '../lib/errors.ts';
import { newId } from '../lib/split-token.ts';
import type { Sql } from '../storage/database.ts';
import { isConstraint } from '../storage/storage-error.ts';
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
import { emailLost } from './email-claims.ts';
import { lastAdministratorError } from './last-administrator.ts';
import { isLoginKey, loginKey } from './login-name.ts';
import { rpIdOf } from './passkeys/host.ts';
import { hashNewPassword } from './user-authentication/password-policy.ts';
import { UserError } from './user-error.ts';
import { changedUser, noEmail, toProfile } from './user-profile.ts';
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

/** How often a user may change under our hands while it is written. */
const mostTries = 10;

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
  /**
   * Whether nobody but the person says that the e-mail address is theirs. Such an address signs nobody in by mail, goes to
   * whoever proves that it is theirs, and is left out, without a word, when another user has it.
   */
  readonly claimsEmail?: boolean;
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
  const profile = toProfile({ ...parsed, claimsEmail: terms.claimsEmail ?? false }, now);
  // Such an address may go to somebody else, and the name would stay behind.
  if (profile.email_claimed_at !== null && profile.username.includes('@'))
    throw new UserError('A user name has no @ here.', 'username', { code: 'usernameAt' });
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
  const more = { event, lost: emailLost(context, profile.email), alongside, ...(claim && { claim }) };
  const insert = (user: typeof row) => insertUser(context.database, user, more);
  const inserted = await explain(context, id, profile, () =>
    onceMore(
      () => insert(row),
      () => insert(row.email_claimed_at === null ? row : { ...row, ...noEmail }),
    ),
  );
  return inserted ? findUserById(context.database, id) : undefined;
}

/**
 * Changes a user, and nothing that somebody else changes at the same instant; with another e-mail address every link of
 * the user is dead. Throws a ZodError, or a UserError for a taken name, a missing user, or the last administrator.
 */
export async function updateUser(context: Context, id: string, input: UserChanges, actor: Actor): Promise<User> {
  const changes = userChangesSchema.parse(input);
  const event = newEvent(context, actor, 'user.updated', id, { changed: Object.keys(changes).join(' ') });
  for (let tries = 0; tries < mostTries; tries++) {
    const user = await requireUser(context, id);
    const merged = changedUser(user, changes);
    if (!usernameIsNobodysEmail(merged)) throw new UserError(usernameRule.error, 'username');
    if (!administratorStays(merged)) throw new UserError(administratorRule.error, 'expires_at');
    const now = context.now();
    const profile = toProfile(merged, now);
    await refuseTaken(context, id, profile);
    const endLinks = loginKey(user.email ?? '') !== (profile.email_key ?? '');
    const terms = { now, event, lost: emailLost(context, profile.email), endLinks, rp_id: rpIdOf(context) };
    const groups = changes.groups && merged.groups;
    const write = () => updateUserProfile(context.database, user, { ...profile, groups }, terms);
    if (await explain(context, id, profile, () => onceMore(write))) return requireUser(context, id);
  }
  throw serverError('the user has changed all the while');
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

async function refuseTaken(
  context: Context,
  id: string,
  { username_key, email_key, email_claimed_at }: UserProfile,
): Promise<void> {
  const byName = await findUserByKey(context.database, username_key);
  if (byName && byName.user.id !== id)
    throw new UserError('This user name is taken.', 'username', { code: 'usernameTaken' });
  // What is merely claimed is in nobody's way, and says nothing of who has the address.
  const byEmail =
    email_key === null || email_claimed_at !== null ? undefined : await findUserByKey(context.database, email_key);
  if (byEmail && byEmail.user.id !== id && !byEmail.user.claimsEmail)
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
    if (!isConstraint(error)) throw error;
    if (profile) await refuseTaken(context, id, profile);
    throw (await lastAdministratorError(context, id)) ?? error;
  }
}

/** What fails because another claimed or got an address at the same instant is done again, now that this is seen. */
async function onceMore<Result>(write: () => Promise<Result>, again = write): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!isConstraint(error)) throw error;
    return again();
  }
}
