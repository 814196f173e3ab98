import { z } from 'zod';
import { disableUser } from '../identity/users.ts';
import { defineCommand, operator } from './command.ts';
import { namedUser } from './operands.ts';

/** Keeps a person out, at once and everywhere, without forgetting anything. */
export const userDisable = defineCommand({
  name: 'user disable',
  description: 'Keep a person out, and end all sessions and tokens at once',
  operands: [['<username>', 'user name or e-mail address']],
  examples: ['user disable bob'],
  words: z.object({ username: z.string() }),
  async run(host, { username }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    await disableUser(context, user.id, operator);
    host.print(`Disabled ${user.username}.`);
  },
});
