import type { AccountState } from '../../../identity/account-state.ts';
import type { User } from '../../../identity/users.ts';
import { html } from '../../../lib/html.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { icon } from '../../ui/icon.ts';
import type { Page } from '../../ui/page.ts';
import { visitorChip } from '../../ui/visitor-menu.ts';
import type { Purpose } from '../purpose.ts';
import { continuationField } from '../sign-in-page.ts';
import type { AccountStateTexts } from './texts/index.ts';

const words = {
  disabled: { heading: 'disabledHeading', text: 'disabled', drawing: 'lock' },
  expired: { heading: 'expiredHeading', text: 'expired', drawing: 'clock' },
  'awaits-approval': { heading: 'awaitsApprovalHeading', text: 'awaitsApproval', drawing: 'clock' },
} as const satisfies Record<Exclude<AccountState, 'open'>, object>;

/** For somebody who has proven who they are, and whose account is not open: why not, and the ways on. */
export function closedPage(
  t: AccountStateTexts,
  { user, purpose, state }: { user: User; purpose: Purpose; state: Exclude<AccountState, 'open'> },
): Page {
  const { heading, text, drawing } = words[state];
  const { sealed, client, redirect_uri } = purpose;
  const other = sealed === undefined ? '/login' : `/login?continuation=${sealed}`;
  return {
    title: t(heading),
    status: 403,
    above: icon(drawing),
    ...(redirect_uri !== undefined && { formAction: [redirect_uri] }),
    body: html`${visitorChip(user)}<p id="error-message">${t(text)}</p>
${buttonRow(linkButton({ id: 'login-another', label: t('anotherAccount'), href: other, kind: 'quiet', wide: true }))}
${
  client &&
  postForm({
    action: '/login',
    body: html`${continuationField(purpose)}${submitButton({
      id: 'login-cancel',
      label: t('backTo', { client: client.client_name }),
      name: 'decision',
      value: 'deny',
      kind: 'quiet',
      wide: true,
    })}`,
  })
}`,
  };
}
