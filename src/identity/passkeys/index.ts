/** Passkeys (WebAuthn Level 3): what people have registered, and the ceremonies in which they register and use them. */
import type { Context } from '../../context.ts';
import { oneLine } from '../../lib/one-line.ts';
import {
  deletePasskey,
  listOtherPasskeyHosts,
  listPasskeys as listRows,
  type Passkey,
  updatePasskeyName,
} from '../../storage/passkeys.ts';
import { isConstraint } from '../../storage/storage-error.ts';
import type { User } from '../../storage/user-row.ts';
import { type Actor, newEvent } from '../audit.ts';
import { UserError } from '../user-error.ts';
import { passkeyHost, rpIdOf, userHandle } from './host.ts';

export type { Passkey } from '../../storage/passkeys.ts';
export { assertionOptions, type PasskeyProof, verifyAssertion } from './assertion.ts';
export { passkeyHost, rpIdOf } from './host.ts';
export { PasskeyError, type PasskeyProblem } from './passkey-error.ts';
export { addPasskey, type NewPasskey, registrationOptions } from './registration.ts';

const longestName = 60;

/** The passkeys of a user, the newest first, also those that were made for another host and work only there. */
export function listPasskeys(context: Context, user: User): Promise<Passkey[]> {
  return listRows(context.database, user.id);
}

/** Whether a passkey was made for the host that Castellan has now. */
export function isPasskeyOfThisHost(context: Context, { rp_id }: Passkey): boolean {
  return rp_id === passkeyHost(context);
}

/**
 * What a password manager is told of the passkeys there still are (signalAllAcceptedCredentials, WebAuthn §5.1.10), so
 * that it offers no other. Undefined where there can be none.
 */
export async function acceptedCredentials(context: Context, user: User) {
  const rpId = passkeyHost(context);
  if (rpId === undefined) return undefined;
  const here = (await listPasskeys(context, user)).filter((passkey) => isPasskeyOfThisHost(context, passkey));
  return { rpId, userId: userHandle(context, user.id), allAcceptedCredentialIds: here.map(({ id }) => id) };
}

/** Whether a user has a passkey that works here. */
export async function hasPasskey(context: Context, user: User): Promise<boolean> {
  return (await countPasskeys(context, user)) > 0;
}

/** How many passkeys a user has that work here. */
export async function countPasskeys(context: Context, user: User): Promise<number> {
  return (await listPasskeys(context, user)).filter((passkey) => isPasskeyOfThisHost(context, passkey)).length;
}

/** A name for a passkey as it may be stored: one line, not too long; undefined when nothing is left of it. */
export function passkeyName(text: string): string | undefined {
  return oneLine(text.slice(0, longestName)) || undefined;
}

/** Gives a passkey another name, and returns what is stored of it. Throws a UserError when it is not this user's, or the name is empty. */
export async function renamePasskey(
  context: Context,
  user: User,
  { id, name }: { id: string; name: string },
  actor: Actor,
): Promise<string> {
  const stored = passkeyName(name);
  if (stored === undefined) throw new UserError('Give the passkey a name.', 'name');
  const event = newEvent(context, actor, 'passkey.renamed', user.id, { name: stored });
  if (!(await updatePasskeyName(context.database, { id, user_id: user.id, name: stored, event })))
    throw noSuchPasskey();
  return stored;
}

/**
 * Removes a passkey and returns it. Throws a UserError when it is not this user's, and one for the field `last` when
 * nothing would be left to sign in with.
 */
export async function removePasskey(context: Context, user: User, id: string, actor: Actor): Promise<Passkey> {
  const passkey = (await listPasskeys(context, user)).find((each) => each.id === id);
  if (!passkey) throw noSuchPasskey();
  const event = newEvent(context, actor, 'passkey.removed', user.id, { name: passkey.name });
  const rp_id = rpIdOf(context);
  try {
    const removed = await deletePasskey(context.database, { id, user_id: user.id, rp_id, event });
    if (!removed) throw noSuchPasskey();
    return passkey;
  } catch (error) {
    if (isConstraint(error)) throw new UserError('This passkey is the last way to sign in to this account.', 'last');
    throw error;
  }
}

/** The hosts that Castellan had before, by what passkeys were made there: those work only there (WebAuthn §5.1.2). */
export function listFormerHosts(context: Context): Promise<{ readonly rp_id: string; readonly passkeys: number }[]> {
  return listOtherPasskeyHosts(context.database, rpIdOf(context));
}

function noSuchPasskey(): UserError {
  return new UserError('There is no such passkey.');
}
