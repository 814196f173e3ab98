import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { postForm, submitButton } from '../ui/button.ts';
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

/** The page "Sign in"; `offers` are the ways besides user name and password, `asides` sentences at the end. */
export function signInPage(
  t: SignInTexts,
  {
    purpose,
    form: { username, problem, status },
    offers,
    asides,
  }: {
    readonly purpose: Purpose;
    readonly form: SignInForm;
    readonly offers: readonly HtmlValue[];
    readonly asides: readonly HtmlValue[];
  },
): Page {
  return {
    title: t('signIn'),
    hasNote: true,
    ...(status !== undefined && { status }),
    ...frame(t, purpose),
    body: html`${problemSummary(problem === undefined ? [] : [problem])}
${postForm({ action: path, body: html`${continuationField(purpose)}${fields(t, username, problem)}${submitButton({ id: 'login-submit', label: t('signIn'), wide: true })}` })}
<p class="aside"><a id="login-forgotten" href="${forgottenUrl(purpose)}">${t('forgotten')}</a></p>
${otherWays(t, offers)}
<div class="asides">${asides}${purpose.client && cancelForm(t, purpose)}</div>`,
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

function fields(t: SignInTexts, username: string | undefined, problem: string | undefined): Html {
  // The summary is read with the field that has the focus.
  const described = problem === undefined ? {} : { describedBy: 'error-message' };
  return html`${textField({
    name: 'username',
    id: 'login-username',
    label: t('usernameOrEmail'),
    value: username ?? '',
    autocomplete: 'username webauthn',
    autofocus: username === undefined,
    required: true,
    maxlength: 320,
    ...described,
  })}${passwordField({
    name: 'password',
    id: 'login-password',
    label: t('password'),
    autocomplete: 'current-password',
    autofocus: username !== undefined,
    required: true,
    ...described,
  })}`;
}

/** The other ways, below a line that says so; nothing where there are none. */
function otherWays(t: SignInTexts, offers: readonly HtmlValue[]): Html | undefined {
  if (offers.every((offer) => offer === undefined || offer === false)) return undefined;
  return html`<div class="other-ways"><p class="divider"><span>${t('or')}</span></p>${offers}</div>`;
}

/** The way back to the application, which is told that nobody signed in. */
function cancelForm(t: SignInTexts, purpose: Purpose): Html {
  const cancel = submitButton({
    id: 'login-cancel',
    label: t('cancel'),
    name: 'decision',
    value: 'deny',
    kind: 'plain',
  });
  return postForm({ action: path, body: html`${continuationField(purpose)}${cancel}` });
}
