import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { Invitation } from '../../identity/invitations.ts';
import type { User } from '../../identity/users.ts';
import { html } from '../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../ui/button.ts';
import { hiddenField } from '../ui/form.ts';
import { icon } from '../ui/icon.ts';
import { textsFor } from '../ui/languages.ts';
import { notice } from '../ui/list.ts';
import { type NewAccountForm, newAccountFields, strengthScript } from '../ui/new-account/index.ts';
import type { Page } from '../ui/page.ts';
import { invitationTexts } from './texts/index.ts';

export const path = '/invitation';

/** The page on which the holder of an invitation makes an account. */
export function invitationPage(
  context: Context,
  request: FastifyRequest,
  form: NewAccountForm & {
    readonly house: string;
    readonly invitation: Invitation;
    readonly token: string;
    readonly mail_proof: string | undefined;
    /** Who is signed in at this browser. */
    readonly visitor: User | undefined;
    readonly status?: number;
  },
): Page {
  const { house, invitation, token, mail_proof, visitor, status } = form;
  const t = textsFor(context, request, invitationTexts);
  const givenEmail = invitation.profile.email;
  const { summary, fields } = newAccountFields(context, request, { ...form, givenEmail, prefix: 'invitation' });
  return {
    title: t('title'),
    lead: t('lead', { house }),
    above: icon('mail'),
    scripts: [strengthScript],
    ...(status !== undefined && { status }),
    body: html`${visitor && notice('warning', t('signedIn', { name: visitor.claims.name ?? visitor.username }))}
${summary}${postForm({
  action: path,
  body: html`${hiddenField('token', token)}${mail_proof !== undefined && hiddenField('mail_proof', mail_proof)}${fields}
${buttonRow(submitButton({ id: 'invitation-submit', label: t('submit'), wide: true }))}`,
})}`,
  };
}
