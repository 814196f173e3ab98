import type { Context } from '../context.ts';
import { findFact } from '../storage/instance.ts';
import { consumeLink } from '../storage/links.ts';
import type { User } from '../storage/user-row.ts';
import { type Actor, newEvent } from './audit.ts';
import { createLink, findLink } from './links.ts';
import type { NewUser } from './user-schema.ts';
import { insertNewUser } from './users.ts';

/** Whether there has ever been an administrator; it stays true, so that setup never opens again by itself. */
export async function isSetupDone(context: Context): Promise<boolean> {
  return (await findFact(context.database, 'setup_completed_at')) !== undefined;
}

/** The URL of a one-time link that makes an administrator; those made before are dead from then on. */
export async function createSetupLink(context: Context, actor: Actor = { id: 'command' }): Promise<string> {
  const token = await createLink(context, {
    purpose: 'setup',
    user_id: null,
    seconds: context.config.lifetimes.setupLinkSeconds,
    event: newEvent(context, actor, 'setup-link.created', undefined),
  });
  return `${context.config.publicUrl}/setup?token=${token}`;
}

/** Whether the token of a setup link can still make an administrator; asking does not consume it. */
export async function isSetupToken(context: Context, token: string): Promise<boolean> {
  return (await findLink(context, 'setup', token)) !== undefined;
}

/**
 * Makes the administrator of a setup link and consumes the link, both or neither: of any number of callers exactly one
 * gets a user, the others undefined. Throws a ZodError or UserError, with the link unharmed, for what cannot be a user.
 */
export async function completeSetup(
  context: Context,
  token: string,
  administrator: Omit<NewUser, 'administrator'>,
  from: Omit<Actor, 'id'>,
): Promise<User | undefined> {
  const link = await findLink(context, 'setup', token);
  if (!link) return undefined;
  const claim = consumeLink(link.id, context.now());
  const actor = { ...from, id: 'system' };
  return insertNewUser(context, { ...administrator, administrator: true }, actor, 'setup.completed', { claim });
}
