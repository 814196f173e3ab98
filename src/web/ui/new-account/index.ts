/** What somebody says of themselves who makes an account: as an administrator, by an invitation, or by signing up. */
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { problemSummary, textField } from '../form.ts';
import type { FormProblems } from '../form-problems.ts';
import { textsFor } from '../languages.ts';
import { newPasswordField, newPasswordTexts, passwordProblemText } from '../new-password/index.ts';
import { uiTexts } from '../texts/index.ts';
import { newAccountTexts } from './texts/index.ts';

export { strengthScript } from '../new-password/index.ts';

type Typed = Readonly<Record<string, string | undefined>>;

/** What is filled in, and what was wrong with it. */
export interface NewAccountForm {
  readonly values: Typed;
  readonly problems: FormProblems;
}

const members = ['username', 'email', 'name', 'password'];
/** Why something was refused, of which there are texts. */
const codes = ['usernameTaken', 'usernameAt', 'emailTaken', 'full'] as const;

/**
 * The summary of what was wrong, and the fields `username`, `email`, `name` and `password`, whose ids begin with `prefix`.
 * Of an e-mail address that is given already nobody can say another.
 */
export function newAccountFields(
  context: Context,
  request: FastifyRequest,
  form: NewAccountForm & { readonly prefix: string; readonly givenEmail?: string | undefined },
): { readonly summary: Html | undefined; readonly fields: Html } {
  const { values, problems, prefix, givenEmail } = form;
  const t = textsFor(context, request, newAccountTexts);
  const ui = textsFor(context, request, uiTexts);
  const of = (member: string) => ({
    name: member,
    id: `${prefix}-${member}`,
    ...(problems[member] !== undefined && { problem: problems[member] }),
  });
  const wrong = Object.entries(problems).map(([member, text]) =>
    members.includes(member) ? { text, fieldId: `${prefix}-${member}` } : { text },
  );
  return {
    summary: problemSummary(wrong),
    fields: html`${usernameField(context, request, { ...form, username: values.username, autofocus: wrong.length === 0 })}
${textField({
  ...of('email'),
  label: t('email'),
  type: 'email',
  value: givenEmail ?? values.email ?? '',
  autocomplete: 'email',
  required: true,
  maxlength: 254,
  readonly: givenEmail !== undefined,
})}
${textField({
  ...of('name'),
  label: html`${t('name')} <i>${ui('optional')}</i>`,
  value: values.name ?? '',
  autocomplete: 'name',
  maxlength: 256,
})}
${newPasswordField(textsFor(context, request, newPasswordTexts), {
  id: `${prefix}-password`,
  problem: problems.password,
})}`,
  };
}

/** The field for the user name alone, for who must choose another one. */
export function usernameField(
  context: Context,
  request: FastifyRequest,
  field: {
    readonly prefix: string;
    readonly username: string | undefined;
    readonly problems: FormProblems;
    readonly autofocus?: boolean;
    /** For password managers, where it is no choice. */
    readonly readonly?: boolean;
  },
): Html {
  const { prefix, username = '', problems, autofocus = false, readonly = false } = field;
  return textField({
    name: 'username',
    id: `${prefix}-username`,
    label: textsFor(context, request, newAccountTexts)('username'),
    value: username,
    autocomplete: 'username',
    autofocus,
    readonly,
    required: true,
    maxlength: 64,
    ...(problems.username !== undefined && { problem: problems.username }),
  });
}

/** What was entered as members of a new user, for the one schema. */
export function newAccountFrom({ username = '', email, name, password = '' }: Typed) {
  return {
    username,
    password,
    ...(email !== undefined && { email }),
    claims: name === undefined ? {} : { name },
  };
}

/** What an error says of what was entered, in the reader's language; undefined for one that does not speak of that. */
export function newAccountProblems(
  context: Context,
  request: FastifyRequest,
  error: unknown,
): FormProblems | undefined {
  const t = textsFor(context, request, newAccountTexts);
  if (error instanceof UserError) {
    const { member = '', reason } = error;
    if (member === 'password')
      return { password: passwordProblemText(textsFor(context, request, newPasswordTexts), error) };
    const code = codes.find((known) => known === reason?.code);
    return { [member]: t(code ?? 'notAccepted') };
  }
  if (!(error instanceof z.ZodError)) return undefined;
  const problems: Record<string, string> = {};
  for (const { path } of error.issues) {
    const member = String(path.at(-1) ?? '');
    if (member === 'username' || member === 'email' || member === 'name') problems[member] = t(`${member}Problem`);
    else problems[''] = t('notAccepted');
  }
  return problems;
}

/** What is said to somebody who has tried too often. */
export function tooManyAttempts(context: Context, request: FastifyRequest, seconds: number): FormProblems {
  return { '': textsFor(context, request, newAccountTexts)('tooMany', { minutes: Math.ceil(seconds / 60) }) };
}
