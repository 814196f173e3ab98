import { z } from 'zod';
import { textTable } from '../lib/text-table.ts';
import { registrationResponse } from '../protocol/clients.ts';
import { listClientSecrets } from '../storage/client-secrets.ts';
import { defineCommand } from './command.ts';
import { namedClient, timeText } from './operands.ts';

/** Shows a client's metadata and its secrets by their ids; the secrets themselves nobody knows any more. */
export const clientShow = defineCommand({
  name: 'client show',
  description: 'Show an application and its secrets',
  operands: [['<client_id>', 'the client_id']],
  options: [['--json', 'print a JSON object']],
  examples: ['client show wiki', 'client show wiki --json'],
  words: z.object({ client_id: z.string(), json: z.boolean().default(false) }),
  async run(host, { client_id, json }) {
    const context = await host.open();
    const response = registrationResponse(await namedClient(context, client_id));
    const secrets = await listClientSecrets(context.database, client_id);
    if (json) {
      const shown = secrets.map(({ id, created_at, expires_at, last_used_at }) => ({
        id,
        created_at,
        expires_at,
        last_used_at,
      }));
      return host.print(JSON.stringify({ ...response, client_secrets: shown }, null, 2));
    }
    host.print(
      textTable(
        ['MEMBER', 'VALUE'],
        Object.entries(response).map(([member, value]) => [member, written(value)]),
      ),
    );
    const rows = secrets.map((secret) => [
      secret.id,
      timeText(secret.created_at),
      timeText(secret.expires_at) || 'never',
      timeText(secret.last_used_at) || 'never',
    ]);
    if (rows.length > 0) host.print(`\n${textTable(['SECRET', 'CREATED', 'EXPIRES', 'LAST_USED'], rows)}`);
  },
});

function written(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
