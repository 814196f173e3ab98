import { z } from 'zod';
import { removeClient } from '../protocol/clients.ts';
import { defineCommand, operator } from './command.ts';
import { namedClient } from './operands.ts';

/** Removes a client; nothing that it was given is good for anything afterwards. */
export const clientRemove = defineCommand({
  name: 'client remove',
  description: 'Remove an application for good, with its secrets, consents and tokens',
  operands: [['<client_id>', 'the client_id']],
  examples: ['client remove wiki'],
  words: z.object({ client_id: z.string() }),
  async run(host, { client_id }) {
    const context = await host.open();
    await namedClient(context, client_id);
    await removeClient(context, client_id, operator);
    host.print(`Removed ${client_id}.`);
  },
});
