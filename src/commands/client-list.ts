import { z } from 'zod';
import type { Context } from '../context.ts';
import { textTable } from '../lib/text-table.ts';
import type { Client } from '../protocol/client-metadata.ts';
import { listClients, registrationResponse } from '../protocol/clients.ts';
import { defineCommand } from './command.ts';

/** Lists all clients by their ids, read in pages. */
export const clientList = defineCommand({
  name: 'client list',
  description: 'List applications',
  options: [
    ['--search <text>', 'only those with this in their id or name'],
    ['--json', 'print a JSON array'],
  ],
  examples: ['client list', 'client list --json'],
  words: z.object({ search: z.string().optional(), json: z.boolean().default(false) }),
  async run(host, { search, json }) {
    const clients = await allClients(await host.open(), search);
    if (json)
      host.print(
        JSON.stringify(
          clients.map((client) => registrationResponse(client)),
          null,
          2,
        ),
      );
    else host.print(textTable(['CLIENT_ID', 'NAME', 'GRANT_TYPES', 'AUTHENTICATION', 'STATE'], clients.map(row)));
  },
});

function row({ client_id, client_name, grant_types, token_endpoint_auth_method, disabled }: Client): string[] {
  return [client_id, client_name, grant_types.join(' '), token_endpoint_auth_method, disabled ? 'disabled' : ''];
}

const pageSize = 100;

async function allClients(context: Context, search: string | undefined): Promise<Client[]> {
  const clients: Client[] = [];
  for (let page: Client[] = []; ; ) {
    const after = page.at(-1)?.client_id;
    page = await listClients(context, { limit: pageSize, ...(search && { search }), ...(after && { after }) });
    clients.push(...page);
    if (page.length < pageSize) return clients;
  }
}
