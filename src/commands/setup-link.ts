import { z } from 'zod';
import { createSetupLink } from '../identity/setup.ts';
import { defineCommand, operator } from './command.ts';

/** Prints a fresh one-time link that makes an administrator, also when there are administrators already. */
export const setupLink = defineCommand({
  name: 'setup-link',
  description: 'Print a one-time link that makes an administrator',
  explanation:
    'The link works once, for CASTELLAN_SETUP_LINK_SECONDS (a day); those printed before stop working.\nWhoever has it becomes administrator: keep it to yourself.',
  options: [['--json', 'print a JSON object']],
  examples: ['setup-link', 'setup-link --json'],
  words: z.object({ json: z.boolean().default(false) }),
  async run(host, { json }) {
    const url = await createSetupLink(await host.open({ mayCreate: true }), operator);
    host.print(json ? JSON.stringify({ url }) : url);
  },
});
