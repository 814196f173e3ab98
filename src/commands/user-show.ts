import { z } from 'zod';
import { textTable } from '../lib/text-table.ts';
import { defineCommand } from './command.ts';
import { namedUser, timeText } from './operands.ts';

/** Shows all that is known of a person, but no secret. */
export const userShow = defineCommand({
  name: 'user show',
  description: 'Show what is known of a person',
  operands: [['<username>', 'user name or e-mail address']],
  options: [['--json', 'print a JSON object']],
  examples: ['user show ada', 'user show ada@example.com --json'],
  words: z.object({ username: z.string(), json: z.boolean().default(false) }),
  async run(host, { username, json }) {
    const user = await namedUser(await host.open(), username);
    if (json) return host.print(JSON.stringify(user, null, 2));
    const { claims, created_at, updated_at, ...members } = user;
    const facts = { ...members, created_at: timeText(created_at), updated_at: timeText(updated_at), ...claims };
    host.print(
      textTable(
        ['MEMBER', 'VALUE'],
        Object.entries(facts).map(([member, value]) => [member, written(value)]),
      ),
    );
  },
});

function written(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
