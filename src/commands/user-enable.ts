import { z } from 'zod';
import { enableUser } from '../identity/users.ts';
import { defineCommand, operator } from './command.ts';
import { namedUser } from './operands.ts';

/** Lets a disabled person sign in again. */
export const userEnable = defineCommand({
  name: 'user enable',
  description: 'Let a disabled person sign in again',
  operands: [['<username>', 'user name or e-mail address']],
  examples: ['user enable bob'],
  words: z.object({ username: z.string() }),
  async run(host, { username }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    await enableUser(context, user.id, operator);
    host.print(`Enabled ${user.username}.`);
  },
});
