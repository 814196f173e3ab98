import type { Context } from '../../../context.ts';
import { isLanguage, type Language, languages } from '../../../identity/languages.ts';
import { isMailConfigured } from '../../../identity/mails.ts';
import { endOfDay } from '../../../lib/calendar-date.ts';
import { listGroupNames } from '../../../storage/user-groups.ts';
import type { FormPart } from '../form-part.ts';
import { groupField, offeredGroups } from '../group-field.ts';
import { choice, flag, line, type MemberField, number, readFields } from '../member-field.ts';

type Typed = Readonly<Record<string, string | undefined>>;

/** How long links of invitations work. */
export const daysField = number('days', { label: 'The link works for', suffix: 'days' });

/** In which language an invitation is written. */
export const languageField = choice('language', {
  label: 'Language of the mail',
  options: Object.entries(languages).map(([value, { name }]) => ({ value, label: name })),
});

/** The parts of the form for one invitation. */
export async function invitationParts(context: Context): Promise<readonly FormPart[]> {
  const names = await listGroupNames(context.database, offeredGroups);
  return [
    {
      heading: 'Who',
      lead: 'What you know of the person; leave out what they should say themselves, and all of it when several may use the link.',
      fields: [
        line('email', {
          label: 'E-mail address',
          hint: isMailConfigured(context)
            ? 'It counts as verified when the person opens the link in the mail.'
            : 'No mail server is configured: hand the link over yourself. The address then counts as unverified.',
          required: false,
          maxlength: 254,
          inputmode: 'email',
        }),
        ...(isMailConfigured(context) ? [flag('send', { label: 'Send the link to this address' }), languageField] : []),
        line('name', { label: 'Full name', required: false, maxlength: 256 }),
        line('username', { label: 'User name', required: false, code: true, maxlength: 64 }),
      ],
    },
    {
      heading: 'The account',
      lead: 'What whoever uses the link gets, and nobody can choose.',
      fields: [groupField(names), accountExpiryField],
    },
    {
      heading: 'The link',
      lead: 'Whoever has it can make an account. It can be withdrawn.',
      fields: [daysField, number('uses', { label: 'How many people may use it', suffix: 'people' })],
    },
  ];
}

/** The last day of an account, as typed; what is no day stays text, for the schema to refuse. */
export const accountExpiryField: MemberField = dateField('account_expires_at', {
  label: 'Last day of the account',
  hint: 'Nobody can sign in with it afterwards (UTC). Leave it empty for an account that stays.',
});

/** A day, read as the moment at which it is over. */
export function dateField(member: string, { label, hint }: { label: string; hint: string }): MemberField {
  const field = line(member, { label, hint, type: 'date', required: false, short: true });
  return { ...field, read: (typed) => (typed[member] === undefined ? undefined : (endOfDay(typed[member]) ?? NaN)) };
}

/** What was typed, by the members of an invitation, and what is to happen with it. */
export function readInvitationForm(parts: readonly FormPart[], typed: Typed) {
  const { send, language, ...invitation } = readFields(
    parts.flatMap(({ fields }) => fields),
    typed,
  );
  return { invitation, sendsMail: send === true, language: languageIn(language) };
}

/** The language that was chosen, English unless it is one of ours. */
export function languageIn(chosen: unknown): Language {
  return typeof chosen === 'string' && isLanguage(chosen) ? chosen : 'en';
}
