import { type Html, html } from '../../lib/html.ts';
import type { Client } from '../../protocol/client-metadata.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { clientLinks, clientLogoPath, redirectHost } from '../ui/client-links.ts';
import { hiddenField, passwordField, problemSummary, textField } from '../ui/form.ts';
import type { Page } from '../ui/page.ts';
import { clientHeader } from '../ui/portrait.ts';

export const path = '/login';

/** What the page shows of the reason for signing in. */
export interface SignInDisplay {
  /** The continuation as it came, for the form. */
  readonly sealed?: string;
  /** The application that asks, and where the answer goes. */
  readonly client?: Client | undefined;
  readonly redirect_uri?: string;
}

/** The page "Sign in". */
export function signInPage({
  sealed,
  client,
  redirect_uri,
  username,
  problem,
  status,
}: SignInDisplay & {
  readonly username: string | undefined;
  readonly problem?: string;
  readonly status?: number;
}): Page {
  return {
    title: 'Sign in',
    ...(status !== undefined && { status }),
    ...(client && {
      lead: html`to continue to <strong>${client.client_name}</strong>`,
      above: clientHeader({
        name: client.client_name,
        logo: clientLogoPath(client),
        ...(redirect_uri && { host: redirectHost(redirect_uri) }),
      }),
      below: clientLinks(client),
    }),
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
    body: html`${problemSummary(problem === undefined ? [] : [problem])}
${postForm({ action: path, body: html`${sealed && hiddenField('continuation', sealed)}${fields(username)}${buttons(client !== undefined)}` })}
<p class="hint">Forgotten your password? Ask your administrator for a recovery link.</p>`,
  };
}

function fields(username: string | undefined): Html {
  return html`${textField({
    name: 'username',
    id: 'login-username',
    label: 'User name or e-mail address',
    value: username ?? '',
    autocomplete: 'username',
    autofocus: username === undefined,
    required: true,
    maxlength: 320,
  })}${passwordField({
    name: 'password',
    id: 'login-password',
    label: 'Password',
    autocomplete: 'current-password',
    autofocus: username !== undefined,
    required: true,
  })}`;
}

function buttons(mayCancel: boolean): Html {
  return buttonRow(
    submitButton({ id: 'login-submit', label: 'Sign in' }),
    mayCancel &&
      submitButton({
        id: 'login-cancel',
        label: 'Cancel',
        name: 'decision',
        value: 'deny',
        kind: 'quiet',
        formnovalidate: true,
      }),
  );
}
