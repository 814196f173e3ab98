import { z } from 'zod';
import { removeResource } from '../protocol/resources.ts';
import { defineCommand, operator } from './command.ts';
import { missingResource } from './operands.ts';

/** Removes an API; applications keep it in their audience until that is changed too. */
export const resourceRemove = defineCommand({
  name: 'resource remove',
  description: 'Remove an API; no application can name it any more',
  operands: [['<identifier>', 'its URI']],
  examples: ['resource remove https://wiki.example.com/api'],
  words: z.object({ identifier: z.string() }),
  async run(host, { identifier }) {
    const context = await host.open();
    if (!(await removeResource(context, identifier, operator))) throw missingResource(identifier);
    host.print(`Removed ${identifier}.`);
  },
});
