import { z } from 'zod';
import { invitationLink, listInvitations, stateOf } from '../identity/invitations.ts';
import { textTable } from '../lib/text-table.ts';
import { defineCommand } from './command.ts';
import { timeText } from './operands.ts';

/** Lists invitations, the newest first. */
export const invitationList = defineCommand({
  name: 'invitation list',
  description: 'List invitations',
  explanation: 'The newest 1000. With --json also the links, which make accounts: keep them to yourself.',
  options: [['--json', 'print a JSON array']],
  examples: ['invitation list'],
  words: z.object({ json: z.boolean().default(false) }),
  async run(host, { json }) {
    const context = await host.open();
    const found = await listInvitations(context, { limit: 1000 });
    const shown = found.map((invitation) => {
      const { id, profile, groups, uses, uses_left, account_expires_at, created_at, expires_at } = invitation;
      const state = stateOf(context, invitation);
      const times = { account_expires_at, created_at, expires_at };
      return { id, state, ...profile, groups, uses, uses_left, ...times, link: invitationLink(context, invitation) };
    });
    if (json) return host.print(JSON.stringify(shown, null, 2));
    const rows = shown.map((each) => [
      each.id,
      each.state,
      each.email ?? each.name ?? each.username ?? '',
      each.groups.join(','),
      `${each.uses_left}/${each.uses}`,
      timeText(each.expires_at),
    ]);
    host.print(textTable(['ID', 'STATE', 'FOR', 'GROUPS', 'USES_LEFT', 'EXPIRES'], rows));
  },
});
