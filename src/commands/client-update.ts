import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { registrationResponse } from '../protocol/clients.ts';
import { updateClient } from '../protocol/register-client.ts';
import { defineCommand, operator } from './command.ts';
import { namedClient, readObject } from './operands.ts';

/** Changes the members that the document names (RFC 7396); what `client show --json` prints can be given back. */
export const clientUpdate = defineCommand({
  name: 'client update',
  description: 'Change an application',
  explanation: 'Members that the document does not name stay as they are; null puts one back to its default.',
  operands: [['<client_id>', 'the client_id']],
  options: [
    ['--metadata <json>', 'the members to change, or @FILE with them, or @- for standard input (required)'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: [`client update wiki --metadata '{"redirect_uris": ["https://wiki.example.com/oidc"]}'`],
  words: z.object({
    client_id: z.string(),
    metadata: z.string({ error: 'is required: a JSON object, or @FILE' }),
  }),
  async run(host, words) {
    const document = await readObject(host, words.metadata);
    if (document.client_secret !== undefined)
      throw new OperatorError('client_secret: "castellan client add-secret" makes a new one.');
    if (document.client_id !== undefined && document.client_id !== words.client_id)
      throw new OperatorError('client_id: cannot be changed; register another client.');
    const context = await host.open();
    const client = await namedClient(context, words.client_id);
    const merged = Object.entries({ ...registrationResponse(client), ...document }).filter(
      ([member, value]) => value !== null && !answered.has(member),
    );
    const updated = await updateClient(context, client, Object.fromEntries(merged), operator);
    host.print(JSON.stringify(registrationResponse(updated.client, updated.client_secret), null, 2));
  },
});

/** Members of an answer of ours that are not metadata. */
const answered: ReadonlySet<string> = new Set([
  'client_id',
  'client_id_issued_at',
  'client_secret_expires_at',
  'client_secrets',
  'disabled',
]);
