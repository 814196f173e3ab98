import * as z from 'zod';
import { type User, type UserClaims, UserError } from '../../../identity/users.ts';
import { endOfDay, lastDayBefore } from '../../../lib/calendar-date.ts';
import { type Html, html } from '../../../lib/html.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { type FormPart, renderParts, summaryOf } from '../form-part.ts';
import { flag, line, lines, type MemberField, paragraph, readFields } from '../member-field.ts';

export interface UserForm {
  /** By the members of the form. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: FormProblems;
  /** What more the form asks for, after the account. */
  readonly more?: readonly FormPart[];
  readonly submit: string;
  readonly cancel: string;
}

type Typed = Readonly<Record<string, string | undefined>>;

const claim = (name: string, label: string, more: Parameters<typeof line>[1] | object = {}): MemberField =>
  line(name, { label, required: false, ...more });

const nameField = claim('name', 'Full name');
const profileFields = [
  claim('given_name', 'Given name'),
  claim('middle_name', 'Middle name'),
  claim('family_name', 'Family name'),
  claim('nickname', 'Nickname'),
  claim('gender', 'Gender'),
  claim('birthdate', 'Birthdate', { hint: 'YYYY-MM-DD, with 0000 for a year that is not told', short: true }),
  claim('locale', 'Language', { hint: 'Such as en-GB', short: true }),
  claim('zoneinfo', 'Time zone', { hint: 'Such as Europe/Paris', short: true }),
  claim('picture', 'Picture', { hint: 'An https address; what begins with /picture/ was uploaded here', code: true }),
  claim('profile', 'Profile page', { hint: 'An https address', code: true }),
  claim('website', 'Website', { hint: 'An https address', code: true }),
];
const addressFields = [
  paragraph('formatted', { label: 'Whole address', hint: 'As on an envelope' }),
  claim('street_address', 'Street and number'),
  claim('postal_code', 'Postal code', { short: true }),
  claim('locality', 'City'),
  claim('region', 'Region'),
  claim('country', 'Country'),
];
const customField = paragraph('custom_claims', {
  label: 'Other claims',
  hint: html`A JSON object, such as <code>{"department": "Physics"}</code>; applications get them with the scope <code>profile</code>.`,
  code: true,
});
const claimFields = [nameField, ...profileFields];

const account: FormPart = {
  heading: 'Account',
  lead: 'The user name and the e-mail address are both good for signing in.',
  fields: [
    line('username', { label: 'User name', required: true, code: true, maxlength: 64 }),
    nameField,
    line('email', { label: 'E-mail address', required: false, maxlength: 254, inputmode: 'email' }),
    flag('email_verified', {
      label: 'The address is verified',
      hint: 'Applications may trust that it belongs to this person.',
    }),
    line('expires_at', {
      label: 'Last day of the account',
      hint: 'From the day after (UTC) on nobody signs in with it. Leave it empty for an account that stays.',
      required: false,
      type: 'date',
      short: true,
    }),
    lines('groups', { label: 'Groups', hint: 'One a line; applications get them with the scope groups.', code: false }),
  ],
};
const folded: readonly FormPart[] = [
  {
    heading: 'More about the person',
    lead: 'Applications get it with the scope profile. Leave out whatever nobody needs.',
    isFolded: true,
    fields: profileFields,
  },
  {
    heading: 'Phone and address',
    lead: 'Applications get them with the scopes phone and address.',
    isFolded: true,
    fields: [
      line('phone_number', {
        label: 'Phone number',
        hint: 'Such as +1 425 555 1212',
        required: false,
        inputmode: 'tel',
      }),
      flag('phone_number_verified', { label: 'The number is verified' }),
      ...addressFields,
    ],
  },
  {
    heading: 'Other claims',
    lead: 'What only your own applications understand.',
    isFolded: true,
    fields: [customField],
  },
];
const members = new Set([account, ...folded].flatMap((part) => part.fields).map(({ member }) => member));

/** The form of what is known of a person. */
export function userForm({ values, problems, more = [], submit, cancel }: UserForm): Html {
  const parts = [account, ...more, ...folded];
  return html`${summaryOf(parts, problems)}${postForm({
    id: 'user-form',
    body: html`${renderParts(parts, values, problems)}${buttonRow(
      submitButton({ label: submit, id: 'user-submit' }),
      linkButton({ label: 'Cancel', href: cancel, kind: 'quiet' }),
    )}`,
  })}`;
}

/** What was typed, by the members of the form. */
export function readUserForm(typed: Typed): Record<string, unknown> {
  return readFields(
    [account, ...folded].flatMap((part) => part.fields),
    typed,
  );
}

/** The values of the form for a user. */
export function valuesOf(user: User): Record<string, unknown> {
  const standard = new Set([...claimFields.map(({ member }) => member), 'address']);
  const custom = Object.entries(user.claims).filter(([name]) => !standard.has(name));
  return {
    ...user,
    ...user.claims.address,
    ...given(claimFields, user.claims),
    expires_at: user.expires_at === undefined ? undefined : lastDayBefore(user.expires_at),
    custom_claims: custom.length === 0 ? undefined : JSON.stringify(Object.fromEntries(custom), undefined, 2),
  };
}

/** The values of the form as members of a user, for the one schema. Throws a UserError when the JSON is none. */
export function userFrom(values: Readonly<Record<string, unknown>>) {
  const { username, email, email_verified, phone_number, phone_number_verified, groups, expires_at } = values;
  const address = given(addressFields, values);
  const claims: UserClaims = {
    ...customClaims(values.custom_claims),
    ...given(claimFields, values),
    ...(Object.keys(address).length > 0 && { address }),
  };
  return {
    username,
    email,
    email_verified,
    phone_number,
    phone_number_verified,
    groups,
    claims,
    expires_at: lastDay(expires_at),
  };
}

/** What an error says about the fields of the form; undefined for one that does not speak of what was entered. */
export function userProblems(error: unknown): FormProblems | undefined {
  if (error instanceof UserError) return { [error.member ?? '']: error.message };
  if (!(error instanceof z.ZodError)) return undefined;
  const problems: Record<string, string> = {};
  for (const { path, message } of error.issues) {
    const member = path.map(String).findLast((part) => members.has(part));
    problems[member ?? (path[0] === 'claims' ? 'custom_claims' : String(path[0] ?? ''))] ??= message;
  }
  return problems;
}

function lastDay(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const end = endOfDay(text);
  if (end === undefined) throw new UserError('This is not a day such as 2030-12-31.', 'expires_at');
  return end;
}

function given(fields: readonly MemberField[], values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ member }) => {
      const value = values[member];
      return typeof value === 'string' ? [[member, value]] : [];
    }),
  );
}

function customClaims(text: unknown): UserClaims {
  if (typeof text !== 'string') return {};
  try {
    const claims: unknown = JSON.parse(text);
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return { ...claims };
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new UserError('This is not a JSON object such as {"department": "Physics"}.', 'custom_claims');
}
