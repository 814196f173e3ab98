import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { removeClientSecret } from '../protocol/clients.ts';
import { defineCommand, operator } from './command.ts';
import { namedClient } from './operands.ts';

/** Removes one secret of a client; it stops working at once. */
export const clientRemoveSecret = defineCommand({
  name: 'client remove-secret',
  description: 'Remove a secret of an application; it stops working at once',
  operands: [
    ['<client_id>', 'the client_id'],
    ['<secret_id>', 'the id of the secret, as "castellan client show" lists it'],
  ],
  examples: ['client remove-secret wiki 0198f2d1c0de7aaabbbbccccddddeeee'],
  words: z.object({ client_id: z.string(), secret_id: z.string() }),
  async run(host, { client_id, secret_id }) {
    const context = await host.open();
    await namedClient(context, client_id);
    if (!(await removeClientSecret(context, client_id, secret_id, operator)))
      throw new OperatorError(
        `${client_id} has no secret ${JSON.stringify(secret_id)}; "castellan client show" lists them.`,
      );
    host.print(`Removed the secret ${secret_id} of ${client_id}.`);
  },
});
