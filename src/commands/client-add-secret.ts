import { z } from 'zod';
import { addClientSecret } from '../protocol/clients.ts';
import { defineCommand, operator } from './command.ts';
import { namedClient } from './operands.ts';

/** Adds a secret beside those in use, so that an application can change over without an interruption. */
export const clientAddSecret = defineCommand({
  name: 'client add-secret',
  description: 'Make one more secret for an application; the others stay good',
  operands: [['<client_id>', 'the client_id']],
  options: [
    ['--days <number>', 'how many days it is good for; without it, until it is removed'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: ['client add-secret wiki', 'client add-secret wiki --days 90'],
  words: z.object({
    client_id: z.string(),
    days: z.coerce
      .number('must be a number of days')
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(3650, 'must be at most 3650')
      .optional(),
  }),
  async run(host, { client_id, days }) {
    const context = await host.open();
    const client = await namedClient(context, client_id);
    const expires_at = days === undefined ? null : context.now() + days * 86_400;
    const { id, client_secret } = await addClientSecret(context, client, operator, { expires_at });
    const answer = { client_id, client_secret, client_secret_expires_at: expires_at ?? 0, secret_id: id };
    host.print(JSON.stringify(answer, null, 2));
  },
});
