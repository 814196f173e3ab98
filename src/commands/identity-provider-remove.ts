import { z } from 'zod';
import { countFederatedIdentities } from '../identity/federated-identities.ts';
import { OperatorError } from '../lib/operator-error.ts';
import { removeIdentityProvider } from '../protocol/identity-providers/registered-providers.ts';
import { defineCommand, operator } from './command.ts';
import { namedProvider } from './operands.ts';

/** Removes an identity provider; accounts stay, but nobody is connected to it any more. */
export const identityProviderRemove = defineCommand({
  name: 'identity-provider remove',
  description: 'Remove such a provider, and who people are there',
  explanation:
    'Refused as long as there are people with no other way to sign in, who would need a recovery link each; --force does\nit nevertheless.',
  operands: [['<name>', 'its short name']],
  options: [['--force', 'also when people are left without a way to sign in']],
  examples: ['identity-provider remove google'],
  words: z.object({ name: z.string(), force: z.boolean().default(false) }),
  async run(host, { name, force }) {
    const context = await host.open();
    await namedProvider(context, name);
    const { without_other = 0 } = (await countFederatedIdentities(context)).get(name) ?? {};
    const people = without_other === 1 ? '1 person has' : `${without_other} people have`;
    const sentence = `${people} no other way to sign in, and will need a link of "castellan user recovery-link"`;
    if (without_other > 0 && !force) throw new OperatorError(`${sentence}; --force removes the provider nevertheless.`);
    await removeIdentityProvider(context, name, operator);
    host.print(`Removed ${name}.`);
    if (without_other > 0) host.remark(`${sentence}.`);
  },
});
