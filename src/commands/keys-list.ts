import { z } from 'zod';
import { textTable } from '../lib/text-table.ts';
import { defineCommand } from './command.ts';
import { timeText } from './operands.ts';

/** Lists the signing keys by what they do now; private parts never leave the database. */
export const keysList = defineCommand({
  name: 'keys list',
  description: 'List the signing keys',
  options: [['--json', 'print a JSON array']],
  examples: ['keys list', 'keys list --json'],
  words: z.object({ json: z.boolean().default(false) }),
  async run(host, { json }) {
    const context = await host.open();
    const keys = await context.signingKeys.list();
    if (json) return host.print(JSON.stringify(keys, null, 2));
    const rows = keys.map(({ kid, alg, state, current_at, retired_at, expires_at }) => [
      kid,
      alg,
      state,
      timeText(current_at),
      timeText(retired_at),
      timeText(expires_at),
    ]);
    host.print(textTable(['KID', 'ALG', 'STATE', 'SIGNS_FROM', 'SIGNS_UNTIL', 'PUBLISHED_UNTIL'], rows));
  },
});
