import { z } from 'zod';
import { removeUser } from '../identity/users.ts';
import { defineCommand, operator } from './command.ts';
import { namedUser } from './operands.ts';

/** Removes a person and all that hangs from the row; the audit log keeps its lines. */
export const userRemove = defineCommand({
  name: 'user remove',
  description: 'Remove a person for good, with all sessions, consents and tokens',
  operands: [['<username>', 'user name or e-mail address']],
  examples: ['user remove bob'],
  words: z.object({ username: z.string() }),
  async run(host, { username }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    await removeUser(context, user.id, operator);
    host.print(`Removed ${user.username}.`);
  },
});
