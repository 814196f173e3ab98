import type { Context } from '../../context.ts';
import type { AuditEvent } from '../../identity/audit.ts';
import { findUser } from '../../identity/users.ts';
import { type Html, html } from '../../lib/html.ts';
import { findClient } from '../../protocol/clients.ts';
import { clientPath } from './clients/client-page.ts';
import { userPath } from './users/user-page.ts';

/** Who or what the ids of events stand for, as far as they are still there. */
export type EventNames = ReadonlyMap<string, { readonly name: string; readonly href: string }>;

/** Looks up the actors and targets of events. */
export async function namesOf(
  context: Context,
  events: readonly Pick<AuditEvent, 'actor' | 'target'>[],
): Promise<EventNames> {
  const ids = new Set(events.flatMap(({ actor, target }) => (target === undefined ? [actor] : [actor, target])));
  const found = await Promise.all([...ids].map(async (id) => [id, await nameOf(context, id)] as const));
  return new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
}

/** An actor or target of an event. */
export function eventParty(id: string, names: EventNames): Html {
  const known = names.get(id);
  if (known) return html`<a href="${known.href}">${known.name}</a>`;
  return isOurOwn.has(id) ? html`${isOurOwn.get(id)}` : html`<code>${id}</code>`;
}

/** An action in words: `client.secret_added` is `Client secret added`. */
export function actionText(action: string): string {
  const words = action.replace(/[._-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isOurOwn: ReadonlyMap<string, string> = new Map([
  ['system', 'Castellan itself'],
  ['command', 'The command line'],
]);

async function nameOf(context: Context, id: string): Promise<{ name: string; href: string } | undefined> {
  if (isOurOwn.has(id)) return undefined;
  const user = await findUser(context, id);
  if (user) return { name: user.username, href: userPath(user.id) };
  const client = await findClient(context, id);
  return client && { name: client.client_name, href: clientPath(client.client_id) };
}
