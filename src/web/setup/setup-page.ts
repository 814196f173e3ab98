import { html } from '../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { hiddenField, passwordField, problemSummary, textField } from '../ui/form.ts';
import type { FormProblems } from '../ui/form-problems.ts';
import { icon } from '../ui/icon.ts';
import type { Page } from '../ui/page.ts';

export const path = '/setup';

/** The page on which the holder of a setup link becomes an administrator. */
export function setupPage({
  token,
  values,
  problems,
  status,
}: {
  readonly token: string;
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly problems: FormProblems;
  readonly status?: number;
}): Page {
  const problem = (member: string) => (problems[member] === undefined ? {} : { problem: problems[member] });
  return {
    title: 'Create the administrator',
    lead: 'This link works once. Whoever fills in this page administers Castellan from then on.',
    above: icon('shield'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary(summary(problems))}${postForm({
      action: path,
      body: html`${hiddenField('token', token)}
${textField({
  name: 'username',
  id: 'setup-username',
  label: 'User name',
  value: values.username ?? '',
  autocomplete: 'username',
  autofocus: true,
  required: true,
  maxlength: 64,
  ...problem('username'),
})}
${textField({
  name: 'email',
  id: 'setup-email',
  label: 'E-mail address',
  type: 'email',
  value: values.email ?? '',
  autocomplete: 'email',
  required: true,
  maxlength: 254,
  ...problem('email'),
})}
${textField({
  name: 'name',
  id: 'setup-name',
  label: 'Full name',
  value: values.name ?? '',
  autocomplete: 'name',
  required: false,
  maxlength: 256,
  ...problem('name'),
})}
${passwordField({
  name: 'password',
  id: 'setup-password',
  label: 'Password',
  hint: 'At least 8 characters. A few words in a row are easy to remember and hard to guess.',
  autocomplete: 'new-password',
  required: true,
  minlength: 8,
  ...problem('password'),
})}
${buttonRow(submitButton({ id: 'setup-submit', label: 'Create the administrator' }))}`,
    })}`,
  };
}

const fields = ['username', 'email', 'name', 'password'];

function summary(problems: FormProblems) {
  return Object.entries(problems).map(([member, text]) =>
    fields.includes(member) ? { text, fieldId: `setup-${member}` } : { text },
  );
}
