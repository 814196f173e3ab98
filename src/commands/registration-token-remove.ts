import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { removeInitialAccessToken } from '../protocol/client-registration/initial-access-tokens.ts';
import { defineCommand, operator } from './command.ts';

/** Removes an initial access token; what was registered with it stays. */
export const registrationTokenRemove = defineCommand({
  name: 'registration-token remove',
  description: 'Remove such a token; applications registered with it stay',
  operands: [['<token_id>', 'the id that "registration-token list" shows']],
  examples: ['registration-token remove 0199a3c1f2d77c3e9b5a8d4e6f708192'],
  words: z.object({ token_id: z.string() }),
  async run(host, { token_id }) {
    const context = await host.open();
    if (!(await removeInitialAccessToken(context, token_id, operator)))
      throw new OperatorError(
        `There is no token ${JSON.stringify(token_id)}; "castellan registration-token list" shows them all.`,
      );
    host.print(`Removed ${token_id}.`);
  },
});
