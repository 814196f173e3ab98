import type { Context } from '../context.ts';
import { listClientsOfSessions } from '../storage/session-clients.ts';
import { findClient } from './clients.ts';

/** The names of the clients that each session of a person was used for, by session. */
export async function listClientNamesOfSessions(
  context: Context,
  user_id: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const pairs = await listClientsOfSessions(context.database, user_id);
  const ids = [...new Set(pairs.map(({ client_id }) => client_id))];
  const clients = new Map(await Promise.all(ids.map(async (id) => [id, await findClient(context, id)] as const)));
  const names = new Map<string, string[]>();
  for (const { session_id, client_id } of pairs) {
    const name = clients.get(client_id)?.client_name;
    if (name !== undefined) names.set(session_id, [...(names.get(session_id) ?? []), name]);
  }
  return names;
}
