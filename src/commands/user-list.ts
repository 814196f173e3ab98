import { z } from 'zod';
import type { Context } from '../context.ts';
import { listUsers, type User } from '../identity/users.ts';
import { lastDayBefore } from '../lib/calendar-date.ts';
import { textTable } from '../lib/text-table.ts';
import { defineCommand } from './command.ts';

/** Lists all users by name; they are few enough for one answer, and read in pages. */
export const userList = defineCommand({
  name: 'user list',
  description: 'List people',
  options: [
    ['--search <text>', 'only those with this in their user name, e-mail address or name'],
    ['--json', 'print a JSON array'],
  ],
  examples: ['user list', 'user list --search ada --json'],
  words: z.object({ search: z.string().optional(), json: z.boolean().default(false) }),
  async run(host, { search, json }) {
    const users = await allUsers(await host.open(), search);
    if (json) host.print(JSON.stringify(users, null, 2));
    else host.print(textTable(['USERNAME', 'EMAIL', 'NAME', 'GROUPS', 'STATE'], users.map(row)));
  },
});

function row(user: User): string[] {
  const { username, email = '', claims, groups } = user;
  return [username, email, claims.name ?? '', groups.join(' '), stateOf(user)];
}

function stateOf({ administrator, disabled, awaitsApproval, expires_at, hasPassword }: User): string {
  return [
    administrator && 'administrator',
    disabled && 'disabled',
    awaitsApproval && 'waits for approval',
    expires_at !== undefined && `until ${lastDayBefore(expires_at)}`,
    !hasPassword && 'no password',
  ]
    .filter((word) => word !== false)
    .join(', ');
}

const pageSize = 500;

async function allUsers(context: Context, search: string | undefined): Promise<User[]> {
  const users: User[] = [];
  for (let page: User[] = []; ; ) {
    const after = page.at(-1)?.username;
    page = await listUsers(context, { limit: pageSize, ...(search && { search }), ...(after && { after }) });
    users.push(...page);
    if (page.length < pageSize) return users;
  }
}
