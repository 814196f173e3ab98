import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { emailSchema } from '../../../identity/login-name.ts';
import { isMailConfigured } from '../../../identity/mails.ts';
import { requestSignInCode } from '../../../identity/user-authentication/index.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { problemSummary, textField } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { languageOf, textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { continuationField, path as signInPath } from '../sign-in-page.ts';
import { browserMark, sealAskedCode } from './asked-code.ts';
import { askPath, codePath } from './paths.ts';
import { emailCodeTexts } from './texts/index.ts';

/** A longer continuation does not come along in the link, whose holder then starts at the application again. */
const longestContinuation = 8000;

/** The page that asks where to send a code. */
export function askPages(app: FastifyInstance, context: Context): void {
  app.get(askPath, async (request, reply) => {
    const { continuation } = requireUnrepeated(queryOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    if (!isMailConfigured(context)) return reply.redirect(signInUrl(purpose), 303);
    return show(context, request, reply, purpose, {
      email: purpose.login_hint?.includes('@') ? purpose.login_hint : '',
    });
  });

  app.post(askPath, async (request, reply) => {
    requireSameOrigin(context, request);
    const { continuation, email: typed = '' } = requireUnrepeated(formOf(request));
    const purpose = await readPurpose(context, request, reply, continuation);
    if (!isMailConfigured(context)) return reply.redirect(signInUrl(purpose), 303);
    const t = textsFor(context, request, emailCodeTexts);
    const parsed = emailSchema.safeParse(typed);
    if (!parsed.success)
      return show(context, request, reply, purpose, {
        email: typed.slice(0, 254),
        problem: t('noAddress'),
        status: 400,
      });
    const email = parsed.data;
    const { sealed } = purpose;
    const asked = await requestSignInCode(context, {
      email,
      language: languageOf(context, request),
      address: request.ip,
      detail: {
        browser: browserMark(context, request, reply),
        ...(sealed !== undefined && sealed.length <= longestContinuation && { continuation: sealed }),
      },
    });
    if ('refusedForSeconds' in asked) {
      const { refusedForSeconds } = asked;
      reply.header('retry-after', String(refusedForSeconds));
      const problem = t('tooManyMails', { minutes: Math.ceil(refusedForSeconds / 60) });
      return show(context, request, reply, purpose, { email, problem, status: 429 });
    }
    const query = new URLSearchParams({
      ...(sealed !== undefined && { continuation: sealed }),
      asked: sealAskedCode(context, request, reply, { id: asked.id, email }),
    });
    return reply.redirect(`${codePath}?${query}`, 303);
  });
}

function signInUrl({ sealed }: Purpose): string {
  return sealed === undefined ? signInPath : `${signInPath}?continuation=${sealed}`;
}

function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  form: { readonly email: string; readonly problem?: string; readonly status?: number },
): FastifyReply {
  const t = textsFor(context, request, emailCodeTexts);
  const { email, problem, status } = form;
  return sendPage(context, reply, {
    title: t('askTitle'),
    lead: t('askLead'),
    above: icon('mail'),
    ...(status !== undefined && { status }),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'login-email' }])}${postForm({
      action: askPath,
      body: html`${continuationField(purpose)}${textField({
        name: 'email',
        id: 'login-email',
        label: t('emailAddress'),
        type: 'email',
        value: email,
        autocomplete: 'email',
        autofocus: true,
        required: true,
        maxlength: 254,
        ...(problem !== undefined && { problem }),
      })}${buttonRow(
        submitButton({ id: 'login-email-submit', label: t('send') }),
        linkButton({ label: t('otherWay'), href: signInUrl(purpose), kind: 'quiet' }),
      )}`,
    })}`,
  });
}
