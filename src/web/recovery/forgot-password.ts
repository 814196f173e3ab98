import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { isMailConfigured } from '../../identity/mails.ts';
import { requestPasswordReset } from '../../identity/password-reset.ts';
import { html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { browserMark } from '../ui/browser-mark.ts';
import { requireSameOrigin } from '../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../ui/button.ts';
import { hiddenField, problemSummary, textField } from '../ui/form.ts';
import { formOf, queryOf } from '../ui/form-body.ts';
import { icon } from '../ui/icon.ts';
import { languageOf, textsFor } from '../ui/languages.ts';
import { sendPage } from '../ui/page.ts';
import { withContinuation } from './paths.ts';
import { recoveryTexts } from './texts/index.ts';

const path = '/forgot-password';
const loginCharacters = 320;

/** A longer continuation does not come along with the link: then the way back is by the page that was left. */
const longestContinuation = 8000;

/** The page on which somebody asks for a link to choose a new password: it says the same whoever it is asked for. */
export function forgotPasswordPages(app: FastifyInstance, context: Context): void {
  app.get(path, (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    return show(context, request, reply, { continuation, username: '' });
  });

  app.post(path, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, username = '' } = requireUnrepeated(formOf(request));
    const t = textsFor(context, request, recoveryTexts);
    if (username.trim() === '' || username.length > loginCharacters)
      return show(context, request, reply, {
        continuation,
        username: username.slice(0, loginCharacters),
        problem: t('enterName'),
        status: 400,
      });
    const refusedForSeconds = await requestPasswordReset(context, {
      usernameOrEmail: username,
      language: languageOf(context, request),
      address: request.ip,
      detail: {
        browser: browserMark(context, request, reply),
        ...(continuation !== undefined && continuation.length <= longestContinuation && { continuation }),
      },
    });
    if (refusedForSeconds === undefined) return reply.redirect(withContinuation(`${path}/done`, continuation), 303);
    reply.header('retry-after', String(refusedForSeconds));
    const problem = t('tooManyMails', { minutes: Math.ceil(refusedForSeconds / 60) });
    return show(context, request, reply, { continuation, username, problem, status: 429 });
  });

  app.get(`${path}/done`, (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const t = textsFor(context, request, recoveryTexts);
    const isMailed = isMailConfigured(context);
    return sendPage(context, reply, {
      title: isMailed ? t('sent') : t('noted'),
      lead: isMailed ? t('sentLead') : t('notedLead'),
      above: icon(isMailed ? 'mail' : 'check'),
      body: html`<p>${isMailed ? t('sentText') : t('notedText')}</p>${buttonRow(backButton(t('back'), continuation))}`,
    });
  });
}

interface Form {
  /** That of the sign-in to go back to, as it came; only the sign-in page reads it. */
  readonly continuation: string | undefined;
  readonly username: string;
  readonly problem?: string;
  readonly status?: number;
}

function show(context: Context, request: FastifyRequest, reply: FastifyReply, form: Form): FastifyReply {
  const t = textsFor(context, request, recoveryTexts);
  const { continuation, username, problem, status } = form;
  return sendPage(context, reply, {
    title: t('forgotten'),
    lead: isMailConfigured(context) ? t('forgottenLead') : t('forgottenLeadWithoutMail'),
    above: icon('key'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'forgot-username' }])}${postForm(
      {
        action: path,
        body: html`${continuation !== undefined && hiddenField('continuation', continuation)}${textField({
          name: 'username',
          id: 'forgot-username',
          label: t('usernameOrEmail'),
          value: username,
          autocomplete: 'username',
          autofocus: true,
          required: true,
          maxlength: loginCharacters,
          ...(problem !== undefined && { problem }),
        })}${buttonRow(submitButton({ id: 'forgot-submit', label: t('ask') }), backButton(t('back'), continuation))}`,
      },
    )}`,
  });
}

function backButton(label: string, continuation: string | undefined) {
  return linkButton({ label, href: withContinuation('/login', continuation), kind: 'quiet' });
}
