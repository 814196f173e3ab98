import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { removeIdentityProvider } from '../protocol/identity-providers/registered-providers.ts';
import { defineCommand, operator } from './command.ts';

/** Removes an identity provider; accounts stay, but nobody is connected to it any more. */
export const identityProviderRemove = defineCommand({
  name: 'identity-provider remove',
  description: 'Remove such a provider, and who people are there',
  operands: [['<name>', 'its short name']],
  examples: ['identity-provider remove google'],
  words: z.object({ name: z.string() }),
  async run(host, { name }) {
    const context = await host.open();
    if (!(await removeIdentityProvider(context, name, operator)))
      throw new OperatorError(
        `There is no provider ${JSON.stringify(name)}; "castellan identity-provider list" shows them all.`,
      );
    host.print(`Removed ${name}.`);
  },
});
