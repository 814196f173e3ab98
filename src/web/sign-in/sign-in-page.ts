import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { clientLinks, clientLogoPath, redirectHost } from '../ui/client-links.ts';
import { hiddenField, passwordField, problemSummary, textField } from '../ui/form.ts';
import type { Page } from '../ui/page.ts';
import { clientHeader } from '../ui/portrait.ts';
import type { Purpose } from './purpose.ts';
import type { SignInTexts } from './texts/index.ts';

export const path = '/login';

/** What is filled in, and what was wrong with it. */
export interface SignInForm {
  readonly username: string | undefined;
  readonly problem?: string;
  readonly status?: number;
}

/** The page "Sign in"; `offers` are the ways besides user name and password. */
export function signInPage(
  t: SignInTexts,
  {
    purpose,
    form: { username, problem, status },
    offers,
  }: { readonly purpose: Purpose; readonly form: SignInForm; readonly offers: readonly HtmlValue[] },
): Page {
  return {
    title: t('signIn'),
    hasNote: true,
    ...(status !== undefined && { status }),
    ...frame(t, purpose),
    body: html`${problemSummary(problem === undefined ? [] : [problem])}
${postForm({ action: path, body: html`${continuationField(purpose)}${fields(t, username)}${buttons(t, purpose)}` })}
${offers}
<p class="hint"><a id="login-forgotten" href="${forgottenUrl(purpose)}">${t('forgotten')}</a></p>`,
  };
}

/** Where somebody goes who has forgotten the password; the way back leads to this sign-in. */
function forgottenUrl({ sealed }: Purpose): string {
  return sealed === undefined ? '/forgot-password' : `/forgot-password?continuation=${sealed}`;
}

/** What carries the continuation through a form. */
export function continuationField({ sealed }: Purpose): Html | undefined {
  return sealed === undefined ? undefined : hiddenField('continuation', sealed);
}

/** What every page of a sign-in shows of the application that asks for it. */
export function frame(
  t: SignInTexts,
  { client, redirect_uri }: Purpose,
): Pick<Page, 'lead' | 'above' | 'below' | 'formAction' | 'client_id'> {
  return {
    ...(client && {
      client_id: client.client_id,
      lead: t.rich('toContinueTo', { client: html`<strong>${client.client_name}</strong>` }),
      above: clientHeader({
        name: client.client_name,
        logo: clientLogoPath(client),
        ...(redirect_uri && { host: redirectHost(redirect_uri) }),
      }),
      below: clientLinks(t, client),
    }),
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
  };
}

function fields(t: SignInTexts, username: string | undefined): Html {
  return html`${textField({
    name: 'username',
    id: 'login-username',
    label: t('usernameOrEmail'),
    value: username ?? '',
    autocomplete: 'username webauthn',
    autofocus: username === undefined,
    required: true,
    maxlength: 320,
  })}${passwordField({
    name: 'password',
    id: 'login-password',
    label: t('password'),
    autocomplete: 'current-password',
    autofocus: username !== undefined,
    required: true,
  })}`;
}

function buttons(t: SignInTexts, { client }: Purpose): Html {
  return buttonRow(
    submitButton({ id: 'login-submit', label: t('signIn') }),
    client !== undefined &&
      submitButton({
        id: 'login-cancel',
        label: t('cancel'),
        name: 'decision',
        value: 'deny',
        kind: 'quiet',
        formnovalidate: true,
      }),
  );
}
