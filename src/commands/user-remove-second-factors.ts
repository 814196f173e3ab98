import { z } from 'zod';
import { removeSecondFactors } from '../identity/second-factors.ts';
import { defineCommand, operator } from './command.ts';
import { namedUser, requireOpen } from './operands.ts';

/** Takes every second factor from a person who has lost them, so that the first one is enough again. */
export const userRemoveSecondFactors = defineCommand({
  name: 'user remove-second-factors',
  description: 'Remove all second factors of a person who has lost them',
  explanation:
    'Authenticator app, passkeys, recovery codes and trusted browsers go, and the person is signed out everywhere. Sign-ins\nneed the first factor alone then; for a lost password, too, there is "user recovery-link". Such a link is printed at\nonce for somebody who had no other way to sign in than a passkey.',
  operands: [['<username>', 'user name or e-mail address']],
  examples: ['user remove-second-factors ada'],
  words: z.object({ username: z.string() }),
  async run(host, { username }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    requireOpen(context, user);
    const recoveryLink = await removeSecondFactors(context, user, operator);
    host.print(`Removed the second factors of ${user.username}.`);
    if (recoveryLink === undefined) return;
    host.remark(
      'There is no other way to sign in left: with this link the person chooses a password, once, for a day.',
    );
    host.print(recoveryLink);
  },
});
