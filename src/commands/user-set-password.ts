import { z } from 'zod';
import { setPassword } from '../identity/users.ts';
import { defineCommand, operator } from './command.ts';
import { closedSentence, namedUser, remarkOnSecondFactors } from './operands.ts';

/** Sets a password on a person's behalf; whoever was signed in with the old one is signed out. */
export const userSetPassword = defineCommand({
  name: 'user set-password',
  description: 'Set a password, and end all sessions and tokens of the person',
  explanation: 'The password comes on standard input; at a terminal you are asked for it.',
  operands: [['<username>', 'user name or e-mail address']],
  options: [
    ['--password-stdin', 'read the password from standard input, which is also the default'],
    ['--temporary', 'the person must choose another one at the next sign-in'],
  ],
  examples: [
    'user set-password ada',
    'user set-password ada --temporary',
    'user set-password ada --password-stdin < password.txt',
  ],
  words: z.object({
    username: z.string(),
    passwordStdin: z.boolean().default(true),
    temporary: z.boolean().default(false),
  }),
  async run(host, { username, temporary }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    const password = await host.readSecret(`New password of ${user.username}: `);
    await setPassword(context, user, password, operator, { isTemporary: temporary });
    host.print(`Set the password of ${user.username}.`);
    await remarkOnSecondFactors(host, context, user);
    const closed = closedSentence(context, user);
    if (closed !== undefined) host.remark(closed);
  },
});
