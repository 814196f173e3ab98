import { html } from '../../lib/html.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { hiddenField, passwordField, problemSummary, textField } from '../ui/form.ts';
import type { FormProblems } from '../ui/form-problems.ts';
import { icon } from '../ui/icon.ts';
import type { Page } from '../ui/page.ts';

export const path = '/recovery';

/** The page on which the holder of a recovery link chooses a new password. */
export function recoveryPage({
  token,
  username,
  problems,
  status,
}: {
  readonly token: string;
  readonly username: string;
  readonly problems: FormProblems;
  readonly status?: number;
}): Page {
  const [text] = Object.values(problems);
  return {
    title: 'Choose a new password',
    lead: 'This link works once. Everywhere you are signed in, you will have to sign in again.',
    above: icon('key'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary(text === undefined ? [] : [{ text, fieldId: 'recovery-password' }])}${postForm({
      action: path,
      body: html`${hiddenField('token', token)}
${textField({ name: 'username', id: 'recovery-username', label: 'User name', value: username, autocomplete: 'username', readonly: true })}
${passwordField({
  name: 'password',
  id: 'recovery-password',
  label: 'New password',
  hint: 'At least 8 characters. A few words in a row are easy to remember and hard to guess.',
  autocomplete: 'new-password',
  autofocus: true,
  required: true,
  minlength: 8,
  ...(text !== undefined && { problem: text }),
})}
${buttonRow(submitButton({ id: 'recovery-submit', label: 'Save the password' }))}`,
    })}`,
  };
}

/** The page after it. */
export function recoveredPage(): Page {
  return {
    title: 'Your password is changed',
    lead: 'You can sign in with it now.',
    above: icon('check'),
    body: buttonRow(linkButton({ label: 'Sign in', href: '/login' })),
  };
}
