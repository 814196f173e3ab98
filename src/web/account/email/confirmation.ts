import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import {
  type ConfirmationOutcome,
  confirmEmailByCode,
  confirmEmailByLink,
  findEmailToConfirm,
} from '../../../identity/email-address.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { PageError } from '../../ui/error-page.ts';
import { hiddenField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { type EmailTexts, emailTexts } from './texts/index.ts';

export const emailPath = '/account/email';

/** What is wrong with a code that was typed in. */
export interface CodeProblem {
  readonly text: string;
  readonly status: number;
}

/**
 * Confirming an address, by the code or by the link of the mail. The link asks for a sign-in and a button, so that only
 * the person who gave the address gives it to the account, and no program that reads mails does.
 */
export function confirmationRoutes(
  app: FastifyInstance,
  context: Context,
  sendWithProblem: (request: FastifyRequest, reply: FastifyReply, problem: CodeProblem) => Promise<FastifyReply>,
): void {
  app.post(`${emailPath}/code`, async (request, reply) => {
    const { user } = await visitorSession(context, request);
    const { code = '' } = requireUnrepeated(formOf(request));
    const confirmed = await confirmEmailByCode(context, user, code, await actorOf(context, request));
    const t = textsFor(context, request, emailTexts);
    if (confirmed.outcome === 'confirmed')
      return redirectWithNews(context, request, reply, emailPath, { text: t('confirmed') });
    const problem = problemOf(t, confirmed);
    if (confirmed.outcome === 'throttled') reply.header('retry-after', String(confirmed.refusedForSeconds));
    return sendWithProblem(request, reply, problem);
  });

  app.get(`${emailPath}/confirm`, async (request, reply) => {
    const { user } = await visitorSession(context, request);
    const { token = '' } = requireUnrepeated(queryOf(request));
    const email = await findEmailToConfirm(context, user, token);
    if (email === undefined) throw linkIsDead(context, request);
    const t = textsFor(context, request, emailTexts);
    return sendAccountPage(context, request, reply, {
      title: t('confirm'),
      lead: t.rich('confirmForAccount', {
        email: html`<strong>${email}</strong>`,
        username: html`<strong>${user.username}</strong>`,
      }),
      body: postForm({
        action: `${emailPath}/confirm`,
        body: html`${hiddenField('token', token)}${buttonRow(
          submitButton({ id: 'account-email-confirm', label: t('confirm') }),
          linkButton({ label: t('cancel'), href: emailPath, kind: 'quiet' }),
        )}`,
      }),
    });
  });

  app.post(`${emailPath}/confirm`, async (request, reply) => {
    const { user } = await visitorSession(context, request);
    const { token = '' } = requireUnrepeated(formOf(request));
    const confirmed = await confirmEmailByLink(context, user, token, await actorOf(context, request));
    const t = textsFor(context, request, emailTexts);
    if (confirmed.outcome === 'confirmed')
      return redirectWithNews(context, request, reply, emailPath, { text: t('confirmed') });
    if (confirmed.outcome === 'wrong') throw linkIsDead(context, request);
    return redirectWithNews(context, request, reply, emailPath, { text: t('taken'), isRefusal: true });
  });
}

function problemOf(t: EmailTexts, refused: Exclude<ConfirmationOutcome, { outcome: 'confirmed' }>): CodeProblem {
  if (refused.outcome === 'throttled')
    return { text: t('tooManyCodes', { seconds: refused.refusedForSeconds }), status: 429 };
  return refused.outcome === 'taken' ? { text: t('taken'), status: 409 } : { text: t('wrongCode'), status: 400 };
}

function linkIsDead(context: Context, request: FastifyRequest): PageError {
  const t = textsFor(context, request, emailTexts);
  return new PageError({
    heading: t('linkDead'),
    message: t('linkDeadText'),
    whatToDo: linkButton({ label: t('back'), href: emailPath, kind: 'quiet', wide: true }),
    status: 400,
  });
}
