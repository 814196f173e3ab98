import type { Context } from '../context.ts';
import { findOtherAdministrator } from '../storage/last-administrator.ts';
import { rpIdOf } from './passkeys/host.ts';
import { UserError } from './user-error.ts';

/** Whether anybody else could administer when this user could not: by right alone, or also with a way to sign in. */
export function otherAdministrator(context: Context, user_id: string): Promise<'able' | 'unable' | undefined> {
  return findOtherAdministrator(context.database, user_id, rpIdOf(context));
}

/** Why the storage did not take from this user what makes an administrator; undefined when that was not the reason. */
export async function lastAdministratorError(context: Context, user_id: string): Promise<UserError | undefined> {
  const other = await otherAdministrator(context, user_id);
  if (other === 'able') return undefined;
  const sentence =
    other === 'unable'
      ? 'This is the last administrator who can sign in: give another one a password first.'
      : 'This is the last administrator: make somebody else an administrator first.';
  return new UserError(sentence, 'administrator');
}
