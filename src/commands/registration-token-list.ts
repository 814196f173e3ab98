import { z } from 'zod';
import { textTable } from '../lib/text-table.ts';
import { listInitialAccessTokens } from '../protocol/client-registration/initial-access-tokens.ts';
import { defineCommand } from './command.ts';
import { timeText } from './operands.ts';

/** Lists the initial access tokens that can still be used. */
export const registrationTokenList = defineCommand({
  name: 'registration-token list',
  description: 'List the tokens with which applications can register themselves',
  options: [['--json', 'print a JSON array']],
  examples: ['registration-token list'],
  words: z.object({ json: z.boolean().default(false) }),
  async run(host, { json }) {
    const context = await host.open();
    const tokens = await listInitialAccessTokens(context.database, context.now());
    const shown = tokens.map(({ id, uses_left, created_at, expires_at }) => ({
      id,
      uses_left,
      created_at,
      expires_at,
    }));
    if (json) return host.print(JSON.stringify(shown, null, 2));
    const rows = shown.map((each) => [
      each.id,
      String(each.uses_left),
      timeText(each.created_at),
      timeText(each.expires_at),
    ]);
    host.print(textTable(['ID', 'USES_LEFT', 'CREATED', 'EXPIRES'], rows));
  },
});
