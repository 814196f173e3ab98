import { type Asked, allowanceOf, type Consent, declinedIn } from '../../identity/consents.ts';
import type { User } from '../../identity/users.ts';
import { type Html, html } from '../../lib/html.ts';
import type { AuthorizationRequest } from '../../protocol/authorization-requests/index.ts';
import type { Resource } from '../../protocol/resources.ts';
import { apiList } from '../ui/api-list.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { clientLinks, clientLogoPath, redirectHost, selfDescribedNotice } from '../ui/client-links.ts';
import type { Page } from '../ui/page.ts';
import { permissionTexts } from '../ui/permissions/texts/index.ts';
import { clientHeader } from '../ui/portrait.ts';
import { scopeChoices, scopePermissions, withheldList } from '../ui/scope-permissions.ts';
import { visitorChip } from '../ui/visitor-menu.ts';
import type { AuthorizationTexts } from './texts/index.ts';

export const path = '/consent';

/** What the consent page shows, and asks for. */
export interface ConsentQuestion {
  readonly request: AuthorizationRequest;
  readonly user: User;
  readonly asked: Asked;
  /** The APIs of `asked`. */
  readonly resources: readonly Resource[];
  /** What the person allowed before. */
  readonly remembered: Consent | undefined;
  /** The hidden fields of the form. */
  readonly hidden: Html;
}

/**
 * Who asks, what it would get with the values themselves, what the person may leave out, and what it would not get. A
 * box is ticked only for what was allowed before: nobody allows by doing nothing.
 */
export function consentPage(t: AuthorizationTexts, question: ConsentQuestion): Page {
  const { client, redirect_uri } = question.request;
  const { user, asked, hidden } = question;
  const { client_name: name } = client;
  return {
    title: t('allowTitle', { client: name }),
    lead: t('wantsAccount', { client: name }),
    client_id: client.client_id,
    above: clientHeader({ name, logo: clientLogoPath(client), host: redirectHost(redirect_uri) }),
    formAction: [redirect_uri],
    body: html`${client.described && selfDescribedNotice(t, client, redirect_uri)}${visitorChip(user)}
${postForm({
  action: path,
  body: html`${hidden}${wholeOf(t, question)}${choicesOf(t, question)}
${withheldList(t, asked.scope)}
${buttonRow(
  submitButton({ label: t('allow'), id: 'consent-allow', name: 'decision', value: 'allow' }),
  submitButton({ label: t('cancel'), id: 'consent-deny', name: 'decision', value: 'deny', kind: 'quiet' }),
)}`,
})}`,
    below: html`<p class="quiet">${t('youGoTo', { host: redirectHost(redirect_uri) })}</p>${clientLinks(t, client)}`,
  };
}

/** What it gets when the person allows it at all. */
function wholeOf(t: AuthorizationTexts, { asked, user, resources, remembered }: ConsentQuestion): Html {
  const allowed = remembered && allowanceOf(remembered);
  const whole = asked.scope.filter((value) => !asked.optional.includes(value));
  const scopes = html`<p>${t.with(permissionTexts)('willBeAble')}</p>
${scopePermissions(t, whole, user, allowed?.scope)}`;
  return html`${whole.length > 0 && scopes}
${apiList(t, resources, allowed?.resource)}`;
}

/** What the person may leave out; new is what was neither allowed nor left out before. */
function choicesOf(t: AuthorizationTexts, { asked, user, remembered }: ConsentQuestion): Html | undefined {
  if (asked.optional.length === 0) return undefined;
  const { scope } = allowanceOf(remembered);
  const known = remembered && [...scope, ...declinedIn(remembered)];
  return html`<fieldset class="plain"><legend>${t.with(permissionTexts)('onlyIfTicked')}</legend>
${scopeChoices(t, asked.optional, user, { allowed: known, ticked: scope })}</fieldset>`;
}
