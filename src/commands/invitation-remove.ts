import { z } from 'zod';
import { findInvitationOf, removeInvitation } from '../identity/invitations.ts';
import { OperatorError } from '../lib/operator-error.ts';
import { defineCommand, operator } from './command.ts';

/** Withdraws an invitation; accounts made with it stay. */
export const invitationRemove = defineCommand({
  name: 'invitation remove',
  description: 'Withdraw an invitation; accounts made with it stay',
  operands: [['<invitation_id>', 'the id that "invitation list" shows']],
  examples: ['invitation remove 0199a3c1f2d77c3e9b5a8d4e6f708192'],
  words: z.object({ invitation_id: z.string() }),
  async run(host, { invitation_id }) {
    const context = await host.open();
    const found = await findInvitationOf(context, invitation_id);
    if (!found || !(await removeInvitation(context, invitation_id, operator)))
      throw new OperatorError(
        `There is no invitation ${JSON.stringify(invitation_id)}; "castellan invitation list" shows them all.`,
      );
    host.print(`Removed ${invitation_id}.`);
  },
});
