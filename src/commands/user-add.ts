import { z } from 'zod';
import { createUser, newUserSchema } from '../identity/users.ts';
import { defineCommand, operator } from './command.ts';
import { dayWord, readObject } from './operands.ts';

/** Adds a person with what console and command line alike allow to be said about one. */
export const userAdd = defineCommand({
  name: 'user add',
  description: 'Add a person',
  explanation:
    'The file of --claims is a JSON object of the claims that applications get, such as given_name, locale or phone_number.\nWithout a password the person cannot sign in until "castellan user recovery-link" made a link to choose one.',
  options: [
    ['--username <name>', 'what the person signs in with (required)'],
    ['--email <address>', 'e-mail address; also good for signing in'],
    ['--email-verified', 'vouch that the address is the person’s own'],
    ['--name <name>', 'full name'],
    ['--admin', 'may use the console'],
    ['--group <group...>', 'groups; may be repeated'],
    ['--claims <file>', 'a JSON file with more claims'],
    ['--expires <day>', 'the last day of the account, such as 2030-12-31 (UTC)'],
    ['--password-stdin', 'read the password from standard input'],
    ['--temporary', 'the password must be changed at the first sign-in'],
    ['--json', 'print the user as JSON'],
  ],
  examples: [
    'user add --username ada --email ada@example.com --name "Ada Lovelace" --admin --password-stdin < password.txt',
    'user add --username bob --group staff --group printing --claims bob.json',
  ],
  words: z.object({
    username: z.string({ error: 'is required, for example --username ada' }),
    email: z.string().optional(),
    emailVerified: z.boolean().default(false),
    name: z.string().optional(),
    admin: z.boolean().default(false),
    group: z.array(z.string()).default([]),
    claims: z.string().optional(),
    expires: dayWord.optional(),
    passwordStdin: z.boolean().default(false),
    temporary: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  async run(host, words) {
    const password = words.passwordStdin ? await host.readSecret(`Password of ${words.username}: `) : undefined;
    const claims = words.claims === undefined ? {} : await readObject(host, `@${words.claims}`);
    const context = await host.open({ mayCreate: true });
    const user = await createUser(
      context,
      newUserSchema.parse({
        ...withoutClaims(claims),
        username: words.username,
        ...(words.email !== undefined && { email: words.email }),
        ...(words.emailVerified && { email_verified: true }),
        claims: { ...onlyClaims(claims), ...(words.name !== undefined && { name: words.name }) },
        ...(words.group.length > 0 && { groups: words.group }),
        administrator: words.admin,
        ...(words.expires !== undefined && { expires_at: words.expires }),
        ...(password !== undefined && { password, must_change_password: words.temporary }),
      }),
      operator,
    );
    host.print(words.json ? JSON.stringify(user, null, 2) : `Added ${user.username}.`);
    if (password === undefined)
      host.remark(
        `There is no password yet; "castellan user recovery-link ${user.username}" lets the person choose one.`,
      );
  },
});

/** Claims that have a member of their own in what we know of a person. */
const ownMembers: ReadonlySet<string> = new Set([
  'email',
  'email_verified',
  'phone_number',
  'phone_number_verified',
  'groups',
]);

function withoutClaims(document: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([member]) => ownMembers.has(member)));
}

function onlyClaims(document: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([member]) => !ownMembers.has(member)));
}
