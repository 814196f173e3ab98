import { z } from 'zod';
import { removeSecondFactors } from '../identity/second-factors.ts';
import { defineCommand, operator } from './command.ts';
import { namedUser } from './operands.ts';

/** Takes every second factor from a person who has lost them, so that the first one is enough again. */
export const userRemoveSecondFactors = defineCommand({
  name: 'user remove-second-factors',
  description: 'Remove all second factors of a person who has lost them',
  explanation:
    'Authenticator app, passkeys, recovery codes and trusted browsers go. Sign-ins need the first factor alone then;\nfor a lost password, too, there is "user recovery-link".',
  operands: [['<username>', 'user name or e-mail address']],
  examples: ['user remove-second-factors ada'],
  words: z.object({ username: z.string() }),
  async run(host, { username }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    await removeSecondFactors(context, user, operator);
    host.print(`Removed the second factors of ${user.username}.`);
  },
});
