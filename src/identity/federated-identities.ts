/** Who people are at identity providers. Found by provider and sub alone: an e-mail address says nothing of who somebody is. */
import type { Context } from '../context.ts';
import {
  countFederatedIdentities as countRows,
  deleteFederatedIdentity,
  type FederatedIdentity,
  federatedIdentityInsert,
  findFederatedIdentity,
  insertFederatedIdentity,
  listFederatedIdentities as listRows,
} from '../storage/federated-identities.ts';
import { listIdentityProviderRows } from '../storage/identity-providers.ts';
import { isConstraint } from '../storage/storage-error.ts';
import type { User } from '../storage/user-row.ts';
import { type Actor, newEvent } from './audit.ts';
import { loginKey, usernameSchema } from './login-name.ts';
import { notifyOwner } from './notices.ts';
import { rpIdOf } from './passkeys/index.ts';
import { findUser, findUserByLogin, insertNewUser, type NewUser, UserError } from './users.ts';

export type { FederatedIdentity } from '../storage/federated-identities.ts';

/** An account at a provider, and what the provider called it. */
export interface ProviderAccount {
  readonly provider: string;
  readonly sub: string;
  readonly label: string;
}

/** The accounts elsewhere that a user is connected to, also at providers that are disabled. */
export function listFederatedIdentities(context: Context, user: User): Promise<FederatedIdentity[]> {
  return listRows(context.database, user.id);
}

/** How many people are connected to each provider, and how many of them could not sign in without it. */
export function countFederatedIdentities(context: Context) {
  return countRows(context.database, rpIdOf(context));
}

/** Through how many providers a user can sign in; of two accounts at one provider, both would be lost with it. */
export async function countUsableProviders(context: Context, user: User): Promise<number> {
  const connected = new Set((await listFederatedIdentities(context, user)).map(({ provider }) => provider));
  if (connected.size === 0) return 0;
  const providers = await listIdentityProviderRows(context.database);
  return providers.filter(({ name, disabled_at }) => disabled_at === null && connected.has(name)).length;
}

/**
 * Connects an account elsewhere to a user, who hears of it by mail; `providerLabel` is what people call the provider.
 * False when it is connected to somebody else. Whoever calls has seen the person want it, in a form of ours.
 */
export async function connectFederatedIdentity(
  context: Context,
  user: User,
  account: ProviderAccount & { readonly providerLabel: string },
  actor: Actor,
): Promise<boolean> {
  const { provider, sub, label, providerLabel } = account;
  const row = { provider, sub, user_id: user.id, label, created_at: context.now(), last_used_at: null };
  const event = newEvent(context, actor, 'federated-identity.connected', user.id, { provider, label });
  if (await insertFederatedIdentity(context.database, row, event)) {
    await notifyOwner(context, user, 'providerLinked', { name: providerLabel });
    return true;
  }
  return (await findFederatedIdentity(context.database, account))?.user_id === user.id;
}

/**
 * Disconnects an account elsewhere, and the owner hears of it by mail. False when there is none. Throws a UserError for
 * the field `last` when it is the last way in.
 */
export async function disconnectFederatedIdentity(
  context: Context,
  user: User,
  { provider, sub, providerLabel }: { readonly provider: string; readonly sub: string; readonly providerLabel: string },
  actor: Actor,
): Promise<boolean> {
  const event = newEvent(context, actor, 'federated-identity.disconnected', user.id, { provider });
  const rp_id = rpIdOf(context);
  try {
    const identity = { provider, sub, user_id: user.id };
    if (!(await deleteFederatedIdentity(context.database, identity, { rp_id, event }))) return false;
  } catch (error) {
    if (isConstraint(error)) throw new UserError('This is the last way to sign in to this account.', 'last');
    throw error;
  }
  await notifyOwner(context, user, 'providerUnlinked', { name: providerLabel });
  return true;
}

/**
 * Makes a user for somebody who comes through a provider for the first time. Of two at the same instant one makes the
 * user, and both get it. Throws a ZodError or UserError as `createUser` does.
 */
export async function createFederatedUser(
  context: Context,
  { provider, sub, label }: ProviderAccount,
  input: NewUser,
  actor: Actor,
): Promise<User> {
  const now = context.now();
  const identity = { provider, sub, label, created_at: now, last_used_at: now };
  const alongside = [federatedIdentityInsert(identity, loginKey(input.username))];
  const claimsEmail = input.email_verified !== true;
  try {
    const user = await insertNewUser(context, input, actor, 'user.created-by-provider', { alongside, claimsEmail });
    if (user) return user;
  } catch (error) {
    const known = await findFederatedIdentity(context.database, { provider, sub });
    const user = known && (await findUser(context, known.user_id));
    if (user) return user;
    throw error;
  }
  throw new Error('a user was not inserted although nothing stood against it');
}

/** A user name that nobody has, made of the first of these texts that one can be made of; '' when there is none. */
export async function suggestUsername(context: Context, texts: readonly (string | undefined)[]): Promise<string> {
  for (const text of texts) {
    const local = text?.split('@')[0]?.trim().replaceAll(/\s+/g, '.').slice(0, 50).toLowerCase();
    const parsed = usernameSchema.safeParse(local);
    if (!parsed.success) continue;
    for (let number = 1; number < 20; number++) {
      const username = number === 1 ? parsed.data : `${parsed.data}${number}`;
      if (!(await findUserByLogin(context, username))) return username;
    }
  }
  return '';
}
