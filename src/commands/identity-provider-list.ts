import { z } from 'zod';
import { textTable } from '../lib/text-table.ts';
import { listIdentityProviders, providerRedirectUri } from '../protocol/identity-providers/registered-providers.ts';
import { defineCommand } from './command.ts';

/** Lists the identity providers; a secret is never shown. */
export const identityProviderList = defineCommand({
  name: 'identity-provider list',
  description: 'List the providers through which people may sign in',
  options: [['--json', 'print a JSON array']],
  examples: ['identity-provider list', 'identity-provider list --json'],
  words: z.object({ json: z.boolean().default(false) }),
  async run(host, { json }) {
    const context = await host.open();
    const providers = (await listIdentityProviders(context)).map(({ name, settings, disabled }) => ({
      name,
      disabled,
      redirect_uri: providerRedirectUri(context, name),
      ...settings,
    }));
    if (json) return host.print(JSON.stringify(providers, null, 2));
    host.print(
      textTable(
        ['NAME', 'KIND', 'LABEL', 'NEW PEOPLE', 'STATE'],
        providers.map(({ name, kind, label, creates_users, disabled }) => [
          name,
          kind,
          label,
          creates_users ? 'get an account' : 'connect one',
          disabled ? 'disabled' : '',
        ]),
      ),
    );
  },
});
