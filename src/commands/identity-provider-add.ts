import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { identityProviderKinds } from '../protocol/identity-providers/index.ts';
import { addIdentityProvider, providerRedirectUri } from '../protocol/identity-providers/registered-providers.ts';
import { defineCommand, operator } from './command.ts';
import { readObject } from './operands.ts';

/** Sets an identity provider up, and tells the redirect URI to be registered there. */
export const identityProviderAdd = defineCommand({
  name: 'identity-provider add',
  description: 'Let people sign in through another provider',
  explanation: `The document has the members kind (${[...identityProviderKinds.keys()].join(', ')}), label, client_id and client_secret,\nand issuer or tenant where the kind asks for it. The answer tells the redirect_uri to register there.`,
  operands: [['<name>', 'a short word for the redirect URI, such as google']],
  options: [
    ['--settings <json>', 'the document, or @FILE with it, or @- for standard input (required)'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: ['identity-provider add google --settings @google.json'],
  words: z.object({ name: z.string(), settings: z.string({ error: 'is required: a JSON object, or @FILE' }) }),
  async run(host, words) {
    const { client_secret, ...document } = await readObject(host, words.settings);
    if (client_secret !== undefined && typeof client_secret !== 'string')
      throw new OperatorError('client_secret: must be text.');
    const context = await host.open({ mayCreate: true });
    const given = { name: words.name, settings: { label: words.name, ...document }, client_secret };
    const { name, settings } = await addIdentityProvider(context, given, operator);
    host.print(JSON.stringify({ name, redirect_uri: providerRedirectUri(context, name), ...settings }, null, 2));
  },
});
