/** The e-mail address: whether it is confirmed, and the way to another one. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context } from '../../../context.ts';
import { findUnconfirmedEmail, requestEmailConfirmation } from '../../../identity/email-address.ts';
import { isMailConfigured } from '../../../identity/mails.ts';
import type { User } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { askFreshSignIn } from '../../ui/fresh-sign-in.ts';
import { languageOf, textsFor } from '../../ui/languages.ts';
import { badge } from '../../ui/list.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { section } from '../../ui/section.ts';
import type { AccountPage } from '../account-page.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { confirmationRoutes, emailPath } from './confirmation.ts';
import { type EmailTexts, emailTexts } from './texts/index.ts';

export const email: AccountPage = {
  name: 'email',
  path: emailPath,
  title: (t) => t('email'),
  icon: 'mail',
  routes(app, context) {
    app.get(emailPath, (request, reply) => sendEmailPage(context, request, reply));
    app.post(emailPath, (request, reply) => change(context, request, reply));
    confirmationRoutes(app, context, (request, reply, problem) =>
      sendEmailPage(context, request, reply, { code: problem.text, status: problem.status }),
    );
  },
};

/** Asks for the mail that confirms an address: another one, or the present one that was never confirmed. */
async function change(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const session = await visitorSession(context, request);
  const toSignIn = await askFreshSignIn(context, request, reply, { session, path: emailPath });
  if (toSignIn !== undefined) return reply.redirect(toSignIn, 303);
  const { email: typed = '' } = requireUnrepeated(formOf(request));
  const t = textsFor(context, request, emailTexts);
  try {
    const given = { email: typed, language: languageOf(context, request) };
    const seconds = await requestEmailConfirmation(context, session.user, given, await actorOf(context, request));
    if (seconds === undefined)
      return redirectWithNews(context, request, reply, emailPath, {
        text: isMailConfigured(context) ? t('sent') : t('noted'),
      });
    reply.header('retry-after', String(seconds));
    const problem = t('tooManyMails', { minutes: Math.ceil(seconds / 60) });
    return sendEmailPage(context, request, reply, { typed, address: problem, status: 429 });
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return sendEmailPage(context, request, reply, { typed: typed.slice(0, 254), address: t('noAddress'), status: 400 });
  }
}

/** What was wrong with a form of the page. */
interface Problems {
  readonly typed?: string;
  readonly address?: string;
  readonly code?: string;
  readonly status?: number;
}

async function sendEmailPage(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  problems: Problems = {},
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, emailTexts);
  const pending = await findUnconfirmedEmail(context, user);
  const { address, code, status } = problems;
  return sendAccountPage(context, request, reply, {
    lead: t('lead'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary([
      ...(address === undefined ? [] : [{ text: address, fieldId: 'account-email' }]),
      ...(code === undefined ? [] : [{ text: code, fieldId: 'account-email-code' }]),
    ])}
${pending !== undefined && pendingSection(t, pending, { code, isMailed: isMailConfigured(context) })}
${presentSection(t, user, pending)}
${changeSection(t, user, problems)}`,
  });
}

function pendingSection(
  t: EmailTexts,
  pending: string,
  { code, isMailed }: { readonly code: string | undefined; readonly isMailed: boolean },
): Html {
  return section({
    heading: t('confirm'),
    lead: t.rich(isMailed ? 'confirmLead' : 'confirmLeadWithoutMail', { email: html`<strong>${pending}</strong>` }),
    body: panel(
      postForm({
        action: `${emailPath}/code`,
        body: html`${textField({
          name: 'code',
          id: 'account-email-code',
          label: t('code'),
          inputmode: 'numeric',
          autocomplete: 'one-time-code',
          required: true,
          maxlength: 32,
          code: true,
          short: true,
          ...(code !== undefined && { problem: code }),
        })}${buttonRow(submitButton({ id: 'account-email-confirm', label: t('confirm') }))}`,
      }),
    ),
  });
}

function presentSection(t: EmailTexts, { email: present, email_verified }: User, pending: string | undefined): Html {
  if (present === undefined) return section({ heading: t('present'), body: html`<p>${t('none')}</p>` });
  const state = email_verified ? badge(t('verified'), 'good') : badge(t('unverified'), 'warning');
  const again = postForm({
    action: emailPath,
    body: html`${hiddenField('email', present)}${buttonRow(
      submitButton({ id: 'account-email-verify', label: t('verify'), kind: 'quiet' }),
    )}`,
  });
  return section({
    heading: t('present'),
    body: html`<p><strong>${present}</strong> ${state}</p>${!email_verified && pending !== present && again}`,
  });
}

function changeSection(t: EmailTexts, { email: present }: User, { typed = '', address }: Problems): Html {
  return section({
    heading: present === undefined ? t('add') : t('change'),
    lead: t('changeLead'),
    body: panel(
      postForm({
        action: emailPath,
        body: html`${textField({
          name: 'email',
          id: 'account-email',
          label: t('newAddress'),
          type: 'email',
          value: typed,
          autocomplete: 'email',
          required: true,
          maxlength: 254,
          ...(address !== undefined && { problem: address }),
        })}${buttonRow(submitButton({ id: 'account-email-submit', label: t('send') }))}`,
      }),
    ),
  });
}

const panel = (form: Html): Html => html`<div class="panel narrow">${form}</div>`;
