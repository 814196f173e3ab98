import { html } from '../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { icon } from '../ui/icon.ts';
import type { Page } from '../ui/page.ts';
import { visitorChip } from '../ui/visitor-menu.ts';
import type { SignInState } from './requirements/requirement.ts';
import type { SecondFactorTexts } from './second-factors/texts/index.ts';
import { continuationField } from './sign-in-page.ts';

/** For somebody who has no second factor that the application accepts: what it asks for, and how to get one. */
export function notEnrolledPage(t: SecondFactorTexts, { purpose, user }: SignInState, house: string): Page {
  const client = purpose.client?.client_name ?? house;
  const { essential = [] } = purpose.requested_acr;
  const isForPasskeysAlone = !essential.includes('urn:castellan:acr:two-factors');
  return {
    title: t('strongerSignIn'),
    status: 403,
    above: icon('shield'),
    ...(purpose.redirect_uri !== undefined && { formAction: [purpose.redirect_uri] }),
    body: html`${visitorChip(user)}
<p>${t('strongerWith', { client })}${isForPasskeysAlone && html` ${t('strongerKey')}`}</p>
${postForm({
  action: '/login/second-factor',
  body: html`${continuationField(purpose)}${buttonRow(
    submitButton({ id: 'login-set-up', label: t('setUpNow'), name: 'decision', value: 'set-up', wide: true }),
    submitButton({
      id: 'login-cancel',
      label: t('backAndCancel', { client }),
      name: 'decision',
      value: 'deny',
      kind: 'quiet',
    }),
  )}`,
})}`,
  };
}
