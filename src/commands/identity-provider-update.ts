import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import {
  providerRedirectUri,
  updateIdentityProviderSettings,
} from '../protocol/identity-providers/registered-providers.ts';
import { defineCommand, operator } from './command.ts';
import { namedProvider, readObject } from './operands.ts';

/** Changes the members that the document names (RFC 7396), and the secret where it has one. */
export const identityProviderUpdate = defineCommand({
  name: 'identity-provider update',
  description: 'Change such a provider',
  explanation:
    'Members that the document does not name stay as they are; null puts one back to its default. Kind, issuer and tenant\ncannot be changed: at another issuer the same sub is somebody else.',
  operands: [['<name>', 'its short name']],
  options: [
    ['--settings <json>', 'the members to change, or @FILE with them, or @- for standard input (required)'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: [`identity-provider update google --settings '{"creates_users": true}'`],
  words: z.object({ name: z.string(), settings: z.string({ error: 'is required: a JSON object, or @FILE' }) }),
  async run(host, words) {
    const { client_secret, ...document } = await readObject(host, words.settings);
    if (client_secret !== undefined && typeof client_secret !== 'string')
      throw new OperatorError('client_secret: must be text.');
    const context = await host.open();
    const provider = await namedProvider(context, words.name);
    for (const member of ['kind', 'issuer', 'tenant'] as const)
      if (member in document && document[member] !== provider.settings[member])
        throw new OperatorError(`${member}: cannot be changed; add another provider.`);
    const merged = Object.entries({ ...provider.settings, ...document }).filter(([, value]) => value !== null);
    const given = { settings: Object.fromEntries(merged), client_secret };
    await updateIdentityProviderSettings(context, provider, given, operator);
    const { name, settings } = await namedProvider(context, words.name);
    host.print(JSON.stringify({ name, redirect_uri: providerRedirectUri(context, name), ...settings }, null, 2));
  },
});
