import { z } from 'zod';
import { createInvitation, invitationLink, newInvitationSchema } from '../identity/invitations.ts';
import { isLanguage } from '../identity/languages.ts';
import { isMailConfigured } from '../identity/mails.ts';
import { endOfDay } from '../lib/calendar-date.ts';
import { defineCommand, operator } from './command.ts';

/** Makes a link with which people make their own account. */
export const invitationAdd = defineCommand({
  name: 'invitation add',
  description: 'Invite somebody, with a link that makes an account',
  explanation:
    'Without options anybody may use the link, once, within a week.\nWhere a mail server is configured it also goes to the e-mail address, which counts as verified with the link in the mail.',
  options: [
    ['--email <address>', 'the e-mail address of the account; also where the link is sent'],
    ['--name <name>', 'full name, to begin with'],
    ['--username <name>', 'user name, to begin with'],
    ['--group <group...>', 'groups of the account; may be repeated'],
    ['--uses <number>', 'how many people may use the link'],
    ['--days <number>', 'how many days the link works'],
    ['--expires <day>', 'the last day of the account, such as 2030-12-31'],
    ['--language <tag>', 'the language of the mail, such as de'],
    ['--no-mail', 'send no mail'],
    ['--json', 'print JSON'],
  ],
  examples: [
    'invitation add --email ada@example.com --group staff',
    'invitation add --uses 30 --days 2 --group guests',
  ],
  words: z.object({
    email: z.string().optional(),
    name: z.string().optional(),
    username: z.string().optional(),
    group: z.array(z.string()).default([]),
    uses: wholeNumber(1000).default(1),
    days: wholeNumber(365).default(7),
    expires: z.string().transform(endOfDay).pipe(z.number('must be a day such as 2030-12-31')).optional(),
    language: z.string().refine(isLanguage, 'must be one of ours, such as en or de').default('en'),
    mail: z.boolean().default(true),
    json: z.boolean().default(false),
  }),
  async run(host, { email, name, username, group, uses, days, expires, language, mail, json }) {
    const context = await host.open({ mayCreate: true });
    const parsed = newInvitationSchema.parse({
      ...{ email, name, username, uses, days, groups: group },
      account_expires_at: expires,
    });
    const terms = { language: isLanguage(language) ? language : 'en', sendsMail: mail } as const;
    const invitation = await createInvitation(context, parsed, terms, operator);
    const { id, expires_at } = invitation;
    const link = invitationLink(context, invitation);
    host.print(json ? JSON.stringify({ id, link, uses_left: uses, expires_at }, null, 2) : link);
    if (email !== undefined && mail && isMailConfigured(context)) host.remark(`It is on its way to ${email}.`);
  },
});

function wholeNumber(maximum: number) {
  return z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(maximum, `must be at most ${maximum}`);
}
