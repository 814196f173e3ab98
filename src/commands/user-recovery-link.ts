import { z } from 'zod';
import { createRecoveryLink } from '../identity/recovery.ts';
import { defineCommand, operator } from './command.ts';
import { namedUser, remarkOnSecondFactors, requireOpen } from './operands.ts';

/** Prints a one-time link with which a person chooses a new password. */
export const userRecoveryLink = defineCommand({
  name: 'user recovery-link',
  description: 'Print a one-time link with which a person chooses a new password',
  explanation:
    'The link works once, for a day; one printed before stops working. Whoever has it can sign in as the person.\nA second factor is asked for as ever: for a lost one there is "user remove-second-factors".',
  operands: [['<username>', 'user name or e-mail address']],
  options: [['--json', 'print a JSON object']],
  examples: ['user recovery-link ada'],
  words: z.object({ username: z.string(), json: z.boolean().default(false) }),
  async run(host, { username, json }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    requireOpen(context, user);
    const url = await createRecoveryLink(context, user, operator);
    host.print(json ? JSON.stringify({ url }) : url);
    await remarkOnSecondFactors(host, context, user);
  },
});
