import type { Session } from '../../identity/sessions.ts';
import { type Html, html } from '../../lib/html.ts';
import { postForm, submitButton } from '../ui/button.ts';
import { hiddenField } from '../ui/form.ts';
import { accountButton } from '../ui/visitor-menu.ts';
import type { LogoutTexts } from './texts/index.ts';

/** Who is still signed in with this browser after somebody has signed out: to go on as, or to be signed out, too. */
export function remainingAccounts(t: LogoutTexts, sessions: readonly Session[]): Html | undefined {
  if (sessions.length === 0) return undefined;
  const accounts = sessions.map(
    ({ user }) =>
      html`<li>${postForm({
        action: '/select-account',
        body: html`${hiddenField('user', user.id)}${accountButton(user)}`,
      })}</li>`,
  );
  return html`<p class="quiet">${t('stillHere')}</p><ul class="accounts">${accounts}</ul>${signOutAll(t)}`;
}

/** The button that signs everybody out who is signed in with this browser. */
export function signOutAll(t: LogoutTexts): Html {
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
