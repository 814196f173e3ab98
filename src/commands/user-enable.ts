import { z } from 'zod';
import { approveUser } from '../identity/approvals.ts';
import { enableUser, updateUser } from '../identity/users.ts';
import { defineCommand, operator } from './command.ts';
import { lastDayWord, namedUser, requireOpen } from './operands.ts';

/** Lets a person in whose account is not open, whatever the reason. */
export const userEnable = defineCommand({
  name: 'user enable',
  description: 'Let a person in who is disabled, waits for approval or has expired',
  explanation: 'An account that has expired needs a later last day, which --expires gives it.',
  operands: [['<username>', 'user name or e-mail address']],
  options: [['--expires <day>', 'the last day of the account from now on, such as 2030-12-31 (UTC), or never']],
  examples: ['user enable bob', 'user enable bob --expires 2030-12-31'],
  words: z.object({ username: z.string(), expires: lastDayWord.optional() }),
  async run(host, { username, expires }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    if (expires !== undefined) await updateUser(context, user.id, { expires_at: expires }, operator);
    if (user.awaitsApproval) await approveUser(context, user.id, operator);
    if (user.disabled) await enableUser(context, user.id, operator);
    requireOpen(context, await namedUser(context, user.username));
    host.print(`Enabled ${user.username}.`);
  },
});
