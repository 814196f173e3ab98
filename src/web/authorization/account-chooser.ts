import type { Session } from '../../identity/sessions.ts';
import { type Html, html } from '../../lib/html.ts';
import type { AuthorizationRequest } from '../../protocol/authorization-requests/index.ts';
import { postForm, submitButton } from '../ui/button.ts';
import { clientLogoPath, redirectHost } from '../ui/client-links.ts';
import { hiddenField } from '../ui/form.ts';
import { badge } from '../ui/notice.ts';
import type { Page } from '../ui/page.ts';
import { clientHeader } from '../ui/portrait.ts';
import { uiTexts } from '../ui/texts/index.ts';
import { accountButton } from '../ui/visitor-menu.ts';
import type { AuthorizationTexts } from './texts/index.ts';

export const path = '/select-account';

/** What there is to choose from, and what for. */
export interface AccountChoice {
  readonly sessions: readonly Session[];
  /** The session in use. */
  readonly current: Session | undefined;
  /** The request that the choice is for; without one it is for our own pages. */
  readonly request: AuthorizationRequest | undefined;
  /** The continuation as it came. */
  readonly sealed: string | undefined;
}

/** Everybody who is signed in with this browser, to go on as or to sign out; and a way to sign in as somebody else. */
export function accountChooser(t: AuthorizationTexts, { sessions, current, request, sealed }: AccountChoice): Page {
  const continuation = sealed === undefined ? undefined : hiddenField('continuation', sealed);
  const accounts = sessions.map((session) => accountOf(t, session, { continuation, isCurrent: session === current }));
  const client = request?.client;
  const form = (body: Html) => postForm({ action: path, body: html`${continuation}${body}` });
  return {
    title: t('chooseAccount'),
    lead: client ? t.rich('toContinueTo', { client: html`<strong>${client.client_name}</strong>` }) : t('signedInHere'),
    ...(request && {
      above: clientHeader({
        name: request.client.client_name,
        logo: clientLogoPath(request.client),
        host: redirectHost(request.redirect_uri),
      }),
      client_id: request.client.client_id,
      formAction: [request.redirect_uri],
    }),
    body: html`<ul class="accounts">${accounts}</ul>
${form(
  html`${submitButton({ id: 'account-other', label: t('useAnother'), name: 'decision', value: 'other', kind: 'quiet', wide: true })}
${submitButton({ label: t('cancel'), name: 'decision', value: 'deny', kind: 'plain', wide: true })}`,
)}${sessions.length > 1 && allOut(t)}`,
  };
}

function accountOf(
  t: AuthorizationTexts,
  { user }: Session,
  { continuation, isCurrent }: { readonly continuation: Html | undefined; readonly isCurrent: boolean },
): Html {
  const name = user.claims.name ?? user.username;
  const inUse = isCurrent ? badge(t('isCurrent'), 'good') : undefined;
  return html`<li>${postForm({
    action: path,
    body: html`${continuation}${hiddenField('user', user.id)}${accountButton(user, inUse)}
<button type="submit" name="decision" value="sign-out" class="link">${t.with(uiTexts)('signOut')}<span class="unseen"> (${name})</span></button>`,
  })}</li>`;
}

function allOut(t: AuthorizationTexts): Html {
  return postForm({
    action: '/logout',
    body: html`${hiddenField('accounts', 'all')}${submitButton({
      id: 'logout-all',
      label: t('signOutAll'),
      kind: 'plain',
      wide: true,
    })}`,
  });
}
